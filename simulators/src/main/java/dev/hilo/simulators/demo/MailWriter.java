package dev.hilo.simulators.demo;

import dev.hilo.simulators.demo.DemoScript.Correspondence;
import dev.hilo.simulators.demo.DemoScript.Story;
import dev.hilo.simulators.mail.MailCustomer;
import dev.hilo.simulators.mail.MailWorld;
import java.util.List;

/** Writes and answers mail. */
final class MailWriter implements Correspondent {

  private final MailCustomer customer;
  private final String subject;
  private final int before;

  MailWriter(MailWorld mail, Story story) {
    Correspondence how = story.mail().orElseThrow();
    this.customer =
        mail.customer(
            story.email().orElseThrow(), story.name(), story.language(), how.to(), how.program());
    this.subject = how.subject();
    this.before = customer.answers();
  }

  @Override
  public void write(String text) {
    write(text, List.of());
  }

  @Override
  public void write(String text, List<String> files) {
    customer.setAway(false);
    // An answer of an earlier playing is not answered again.
    if (customer.answers() > before) {
      customer.answer(text, files);
    } else {
      customer.write(subject, text, files);
    }
  }

  @Override
  public void after(DemoScript.Turn turn) {
    if (turn.away()) {
      customer.setAway(true);
    }
    if (turn.bounces()) {
      customer.bounceNext();
    }
  }

  /** Without those of an earlier playing. */
  @Override
  public int answers() {
    return customer.answers() - before;
  }
}
