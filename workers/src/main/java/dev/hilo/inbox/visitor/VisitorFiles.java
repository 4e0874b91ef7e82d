package dev.hilo.inbox.visitor;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Capabilities;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.OutboundContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Where the files of visitors lie, and at which addresses they can be seen for a while. */
public interface VisitorFiles {

  /**
   * Keeps a file that a visitor sends, for a message to come.
   *
   * @param owner only this visitor may send it on and see it
   * @param name as the visitor's browser gives it
   * @param mimeType as the visitor's browser gives it
   * @param limits what the channel takes
   * @throws IOException if the visitor went away
   */
  Kept keep(
      ContactAddress owner,
      ChannelType channel,
      AccountId account,
      String name,
      String mimeType,
      Capabilities limits,
      InputStream bytes)
      throws IOException;

  /**
   * A visitor's own file.
   *
   * @return empty if there is none of this id, or it is somebody else's
   */
  Optional<Shown> own(ContactAddress owner, String id);

  /** A file of an answer; the caller knows that the visitor may see it. */
  Optional<Shown> sent(OutboundContent.File file);

  /** What became of a file. */
  sealed interface Kept {
    /** It is there. */
    record Complete(String id, Shown file) implements Kept {}

    /** It is larger than the channel takes. */
    record TooLarge(long maxBytes) implements Kept {}

    /** Its bytes are of a type that the channel does not take. */
    record WrongType(String found) implements Kept {}

    /** It is not taken for another reason. */
    record Refused(String detail) implements Kept {}

    /** It may be sent again. */
    record NotNow(String detail) implements Kept {}
  }

  /**
   * A file as a visitor sees it.
   *
   * @param type as found in the bytes
   * @param size bytes
   * @param url signed, and good for some time; answered as a download; relative to Hilo's address
   *     where that is not known
   * @param thumbnail a small picture of it, signed in the same way
   */
  record Shown(String name, String type, long size, Optional<URI> url, Optional<URI> thumbnail) {}
}
