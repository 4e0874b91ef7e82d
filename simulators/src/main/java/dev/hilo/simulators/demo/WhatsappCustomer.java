package dev.hilo.simulators.demo;

import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.Customer;
import dev.hilo.simulators.whatsapp.Phone;
import dev.hilo.simulators.whatsapp.Platform;
import java.util.List;
import java.util.Optional;

/** Writes with a phone of the platform, and reads what arrives at once. */
final class WhatsappCustomer implements Correspondent {

  private final Platform platform;
  private final Phone phone;
  private final int before;

  WhatsappCustomer(Platform platform, String name, String number) {
    this.platform = platform;
    this.phone =
        platform.join(new Customer(Optional.of(number), Optional.empty(), name, Optional.empty()));
    platform.setAutoRead(phone, true);
    this.before = received();
  }

  @Override
  public void write(String text) {
    BusinessNumber business = platform.numberOrFirst(Optional.empty());
    platform.write(phone, business, List.of(Platform.Draft.of(text)));
  }

  /** Without those of an earlier playing. */
  @Override
  public int answers() {
    return received() - before;
  }

  private int received() {
    return (int)
        phone.messages().stream()
            .filter(message -> !message.fromCustomer() && message.deliveredAt().isPresent())
            .count();
  }
}
