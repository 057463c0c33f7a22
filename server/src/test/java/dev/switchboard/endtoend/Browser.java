package dev.switchboard.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A browser without a window that shows one page, and what that page reports. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** One that was started beside much else may never show its page: then another is started. */
  private static final Duration FIRST_SIGHT = Duration.ofSeconds(40);

  private static final int STARTS = 3;

  private final HttpServer pages;
  private final List<String> told = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch shown = new CountDownLatch(1);
  private @Nullable Process process;

  /**
   * Serves a page, which may ask for one line and report others.
   *
   * @param page its name among the resources
   */
  Browser(String page, Supplier<String> where) throws IOException {
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    String html = resource(page);
    pages.createContext("/", exchange -> answer(exchange, "text/html", html));
    pages.createContext(
        "/where",
        exchange -> {
          asked.incrementAndGet();
          shown.countDown();
          answer(exchange, "text/plain", where.get());
        });
    pages.createContext(
        "/told",
        exchange -> {
          tell(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, "text/plain", "");
        });
    pages.start();
  }

  /** The program of a browser, where this machine has one. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  String origin() {
    return "http://127.0.0.1:" + pages.getAddress().getPort();
  }

  /** What the page reported so far. */
  List<String> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  /** Waits for so many reports; a browser that starts beside other tests takes its time. */
  void awaitTold(int count, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (told) {
      while (told.size() < count) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError(
              "the page told " + told.size() + " of " + count + ", having asked " + asked);
        }
        told.wait(left);
      }
    }
  }

  /** Shows the page; when this returns, it has asked where the server is. */
  void open(Path program, Path folder) throws IOException, InterruptedException {
    for (int start = 1; start <= STARTS; start++) {
      process = started(program, folder.resolve("browser-" + start));
      if (shown.await(FIRST_SIGHT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
      end(process);
    }
    throw new AssertionError("the browser did not show its page in " + STARTS + " starts");
  }

  private Process started(Path program, Path profile) throws IOException {
    return new ProcessBuilder(
            program.toString(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            origin() + "/")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void tell(String what) {
    synchronized (told) {
      told.add(what);
      told.notifyAll();
    }
  }

  private static void answer(HttpExchange exchange, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", type);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String resource(String name) {
    try (var stream = Browser.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      end(process);
    }
    pages.stop(0);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
