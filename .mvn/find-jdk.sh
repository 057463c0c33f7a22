# Sourced by ./mvnw and ./switchboard: sets JAVA_HOME to a JDK of release 25, the one that the
# build compiles with (pom.xml).
# Looks at SWITCHBOARD_JAVA_HOME, JAVA_HOME, the java of the PATH, then the usual folders.

jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

is_our_jdk() {
  [ "$(jdk_release "$1")" = 25 ]
}

java_home_of_path() {
  java=$(command -v java) || return 1
  # A link chain such as /usr/bin/java ends in the JDK's own bin folder.
  java=$(readlink -f "$java" 2>/dev/null || echo "$java")
  dirname "$(dirname "$java")"
}

find_jdk() {
  for home in "${SWITCHBOARD_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(java_home_of_path)"; do
    [ -n "$home" ] && is_our_jdk "$home" && echo "$home" && return 0
  done
  for root in /usr/lib/jvm /Library/Java/JavaVirtualMachines \
    "$HOME/.sdkman/candidates/java" "$HOME/.jdks" /opt; do
    for home in "$root"/* "$root"/*/Contents/Home; do
      is_our_jdk "$home" && echo "$home" && return 0
    done
  done
  return 1
}

if JAVA_HOME=$(find_jdk); then
  export JAVA_HOME
else
  echo "Switchboard needs a JDK of release 25 and found none." >&2
  echo "Install one (for example Temurin 25), or set SWITCHBOARD_JAVA_HOME to its folder." >&2
  exit 1
fi
