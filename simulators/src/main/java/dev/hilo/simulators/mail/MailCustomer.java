package dev.hilo.simulators.mail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A customer who writes to one shop's mailbox and reads what comes back. */
public final class MailCustomer {

  private final MailWorld world;
  private final MailOwner owner;
  private final String shop;
  private final MailProgram program;

  MailCustomer(MailWorld world, MailOwner owner, String shop, MailProgram program) {
    this.world = world;
    this.owner = owner;
    this.shop = shop;
    this.program = program;
  }

  /**
   * Writes a new mail.
   *
   * @param files names; what is in them does not matter
   */
  public void write(String subject, String text, List<String> files) {
    world.send(letter(subject, text, files), 1);
  }

  /**
   * Answers the shop's newest mail, which has to be there.
   *
   * @param files names; what is in them does not matter
   */
  public void answer(String text, List<String> files) {
    world.send(letter("", text, files).answering(fromShop().getLast()), 1);
  }

  private Letter letter(String subject, String text, List<String> files) {
    return Letter.of(owner, shop, subject, text)
        .by(program)
        .with(files.stream().map(MailCustomer::file).toList());
  }

  /** The customer is away, or back. */
  public void setAway(boolean away) {
    world
        .mailboxes()
        .put(
            owner.withAway(away ? Optional.of("") : Optional.empty()),
            Optional.of(Mailboxes.CUSTOMER_PASSWORD));
  }

  /** The next mail to the customer comes back as undeliverable. */
  public void bounceNext() {
    world
        .faults()
        .plan(
            new MailFault(
                MailFault.Kind.BOUNCE,
                1,
                Optional.of(owner.address()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("552 5.2.2 Mailbox full")));
  }

  /** How many mails of people at the shop have arrived. */
  public int answers() {
    return fromShop().size();
  }

  private List<ReadMail> fromShop() {
    return world.mailboxes().messages(owner.address(), Mailboxes.INBOX).stream()
        .map(ReadMail::of)
        .filter(mail -> MailOwner.withoutDetail(mail.from()).equals(shop))
        .filter(mail -> mail.autoSubmitted().isEmpty() || mail.autoSubmitted().equals("no"))
        .toList();
  }

  private static Letter.Enclosure file(String name) {
    String type =
        name.endsWith(".png")
            ? "image/png"
            : name.endsWith(".pdf") ? "application/pdf" : "text/plain";
    byte[] bytes =
        switch (type) {
          case "image/png" -> SampleFiles.picture();
          case "application/pdf" -> SampleFiles.document(name);
          default -> ("Tienda Aurora: " + name + "\n").getBytes(StandardCharsets.UTF_8);
        };
    return new Letter.Enclosure(name, type, bytes);
  }
}
