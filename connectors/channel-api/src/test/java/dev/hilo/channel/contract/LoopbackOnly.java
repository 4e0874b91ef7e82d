package dev.hilo.channel.contract;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lets no test find another host: names are resolved only if they mean this machine. Active in
 * every module that has this jar on its test class path (see {@code META-INF/services}).
 */
public final class LoopbackOnly extends InetAddressResolverProvider {

  static final String REFUSAL = "tests reach no other host than this machine, asked for ";

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver system = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (!isThisMachine(host, configuration.lookupLocalHostName())) {
          throw new UnknownHostException(REFUSAL + host);
        }
        return system.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
      }
    };
  }

  private static boolean isThisMachine(String host, String localHostName) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equalsIgnoreCase(localHostName);
  }

  @Override
  public String name() {
    return "loopback-only";
  }
}
