package dev.hilo.simulators.demo;

import dev.hilo.simulators.whatsapp.BusinessNumber;
import dev.hilo.simulators.whatsapp.Customer;
import dev.hilo.simulators.whatsapp.CustomerActs;
import dev.hilo.simulators.whatsapp.MessageParts;
import dev.hilo.simulators.whatsapp.Phone;
import dev.hilo.simulators.whatsapp.Platform;
import dev.hilo.simulators.whatsapp.Samples;
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

  /** A picture bears the text as its caption; a voice note comes after it. */
  @Override
  public void write(String text, List<String> files) {
    BusinessNumber business = platform.numberOrFirst(Optional.empty());
    boolean said = false;
    for (String file : files) {
      String type = Samples.mimeType(file);
      boolean picture = type.startsWith("image/");
      if (!picture && !said) {
        write(text);
      }
      MessageParts.File kept =
          platform
              .media()
              .keep(
                  CustomerActs.typeOf(type),
                  file,
                  type,
                  type.startsWith("audio/"),
                  Samples.content(type));
      platform.acts().send(phone, business, kept, picture && !said ? text : "", Optional.empty());
      said = true;
    }
    if (!said) {
      write(text);
    }
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
