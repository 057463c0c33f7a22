package dev.switchboard.egress.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255"
      })
  void knowsPublicIpv4UpToTheEdgesOfWhatIsNot(String address) {
    assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200", // metadata of a cloud
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254", // metadata of most clouds
        "169.254.170.2",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.192", // metadata of a cloud
        "192.0.0.255",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255"
      })
  void refusesIpv4ThatIsNotPublic(String address) {
    assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2000::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2606:4700::1111",
        "3ffe::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2a00::5efe:8.8.8.8",
        "2a00::200:5efe:8.8.8.8"
      })
  void knowsPublicIpv6(String address) {
    assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "::2",
        "::127.0.0.1", // compatible
        "::10.0.0.1",
        "64:ff9b::127.0.0.1", // NAT64
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8", // NAT64 of one's own
        "64:ff9b:1::10.0.0.1",
        "100::1", // discarded
        "2001::1", // Teredo
        "2001:0:808:808:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::1", // 6to4
        "2002:a9fe:a9fe::1",
        "2002:c0a8:1::1",
        "2a00::5efe:127.0.0.1", // ISATAP
        "2a00::200:5efe:10.0.0.1",
        "fe80::5efe:8.8.8.8",
        "fd00::5efe:8.8.8.8",
        "3fff::1",
        "4000::1", // never handed out
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254", // metadata of a cloud
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1"
      })
  void refusesIpv6ThatIsNotPublic(String address) {
    assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
  }

  /** The JDK makes IPv4 of such text; whoever has the bytes may not. */
  @Test
  void judgesMappedAddressesByTheIpv4WithinThem() throws UnknownHostException {
    assertThat(PublicAddresses.contain(mapped("7f000001"))).isFalse();
    assertThat(PublicAddresses.contain(mapped("a9fea9fe"))).isFalse();
    assertThat(PublicAddresses.contain(mapped("08080808"))).isTrue();
  }

  private static InetAddress mapped(String inner) throws UnknownHostException {
    byte[] bytes = HexFormat.of().parseHex("00000000000000000000ffff" + inner);
    return Inet6Address.getByAddress(null, bytes, -1);
  }
}
