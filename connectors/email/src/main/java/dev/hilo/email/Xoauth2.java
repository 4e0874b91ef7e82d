package dev.hilo.email;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslClientFactory;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * Login with a token, which remembers why a server refused it: the mail library's own does not hand
 * the reason on.
 *
 * <p>Source: developers.google.com/gmail/imap/xoauth2-protocol, read 2026-11-20.
 */
final class Xoauth2 {

  static final String MECHANISM = "XOAUTH2";

  /** Where a session's properties hold the instance that is to learn the reason. */
  static final String PROPERTY = "hilo.xoauth2";

  private static final JsonMapper MAPPER = new JsonMapper();

  private volatile @Nullable String refused;

  /** Makes it known to the platform, once. */
  static void install() {
    if (Security.getProvider(Registration.NAME) == null) {
      // Before the mail library's own, which is added at the end.
      int position = Security.addProvider(new Registration());
      assert position != 0;
    }
  }

  /** Why the server refused, if it said: its status and the scope that it wants. */
  Optional<String> reason() {
    return Optional.ofNullable(refused);
  }

  private void learn(byte[] challenge) {
    try {
      JsonNode said = MAPPER.readTree(challenge);
      String status = said.path("status").asText(said.path("error").asText(""));
      String scope = said.path("scope").asText("");
      refused =
          MailboxDetail.of(
              "status "
                  + (status.isEmpty() ? "unknown" : status)
                  + (scope.isEmpty() ? "" : ", scope " + scope),
              java.util.List.of());
    } catch (IOException e) {
      refused = "no readable reason";
    }
  }

  private final class Client implements SaslClient {
    private final CallbackHandler asked;
    private boolean sent;

    private Client(CallbackHandler asked) {
      this.asked = asked;
    }

    @Override
    public String getMechanismName() {
      return MECHANISM;
    }

    @Override
    public boolean hasInitialResponse() {
      return true;
    }

    @Override
    public byte[] evaluateChallenge(byte[] challenge) throws SaslException {
      if (sent) {
        learn(challenge);
        // An empty line; the server's refusal follows.
        return new byte[0];
      }
      sent = true;
      NameCallback name = new NameCallback("user");
      PasswordCallback token = new PasswordCallback("token", false);
      try {
        asked.handle(new Callback[] {name, token});
      } catch (IOException | UnsupportedCallbackException e) {
        throw new SaslException("there is no token", e);
      }
      char[] password = token.getPassword();
      String line = "user=" + name.getName() + "\1auth=Bearer " + new String(password) + "\1\1";
      token.clearPassword();
      return line.getBytes(StandardCharsets.UTF_8);
    }

    /** Never before the server has spoken: a challenge may still come. */
    @Override
    public boolean isComplete() {
      return false;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
      throw new IllegalStateException("XOAUTH2 protects nothing");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
      throw new IllegalStateException("XOAUTH2 protects nothing");
    }

    @Override
    public @Nullable Object getNegotiatedProperty(String name) {
      return null;
    }

    @Override
    public void dispose() {}
  }

  /** Takes part only in sessions that ask for it. */
  private static final class Factory implements SaslClientFactory {
    @Override
    public @Nullable SaslClient createSaslClient(
        String[] mechanisms,
        String authorization,
        String protocol,
        String server,
        Map<String, ?> properties,
        CallbackHandler asked) {
      return properties.get(PROPERTY) instanceof Xoauth2 session ? session.new Client(asked) : null;
    }

    @Override
    public String[] getMechanismNames(Map<String, ?> properties) {
      return new String[] {MECHANISM};
    }
  }

  private static final class Registration extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "Hilo-XOAUTH2";

    private Registration() {
      super(NAME, "1", "login to mail servers with a token");
      putService(new FactoryService(this));
    }

    private static final class FactoryService extends Service {
      private FactoryService(Provider provider) {
        super(provider, "SaslClientFactory", MECHANISM, Factory.class.getName(), null, null);
      }

      @Override
      public Object newInstance(@Nullable Object parameter) {
        return new Factory();
      }
    }
  }
}
