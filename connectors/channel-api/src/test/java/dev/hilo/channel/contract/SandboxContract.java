package dev.hilo.channel.contract;

import dev.hilo.channel.AccountId;
import dev.hilo.channel.Channel;
import dev.hilo.channel.ChannelContext;
import dev.hilo.channel.ChannelProvider;
import dev.hilo.channel.ChannelSettings;
import dev.hilo.channel.ChannelType;
import dev.hilo.channel.ContactAddress;
import dev.hilo.channel.DeliveryState;
import dev.hilo.channel.InvalidSettingsException;
import dev.hilo.channel.OutboundContent;
import dev.hilo.channel.OutboundId;
import dev.hilo.channel.OutboundMessage;
import dev.hilo.channel.ProviderHttp.Outcome.Answered;
import dev.hilo.channel.RawDelivery;
import dev.hilo.channel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contract's fixtures for the sandbox channel: a pattern for those of a real one. */
record SandboxContract(Defect defect) implements ChannelContract {

  private static final String KEY = "sandbox-key-17";
  private static final AccountId ACCOUNT = new AccountId("box");

  @Override
  public ChannelProvider provider() {
    return new SandboxProvider(defect);
  }

  @Override
  public Iterable<ChannelProvider> installedProviders() {
    return List.of(new SandboxProvider(Defect.NONE));
  }

  @Override
  public ChannelSettings settings() {
    return settings(Map.of("key", KEY));
  }

  private static ChannelSettings settings(Map<String, String> values) {
    return new ChannelSettings(
        new ChannelSettings.Values("hilo.channels.sandbox", Map.of()),
        List.of(
            new ChannelSettings.Account(
                ACCOUNT,
                "Box",
                "es",
                new ChannelSettings.Values("hilo.channels.sandbox.accounts.box", values))));
  }

  @Override
  public Map<String, ChannelSettings> invalidSettings() {
    return Map.of(
        "hilo.channels.sandbox.accounts.box.key", settings(Map.of("key", KEY + " with a space")));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(KEY);
  }

  @Override
  public RawDelivery signed(byte[] body) {
    String signature = SandboxChannel.signature(new Secret(KEY), body);
    return RawDelivery.of(body, Map.of(SandboxChannel.SIGNATURE, signature), now());
  }

  @Override
  public List<RawDelivery> badlySigned(byte[] body) {
    String foreign = SandboxChannel.signature(new Secret("another"), body);
    return List.of(
        RawDelivery.of(body, Map.of(), now()),
        RawDelivery.of(body, Map.of(SandboxChannel.SIGNATURE, foreign), now()));
  }

  @Override
  public List<RawDelivery> forOtherAccounts() {
    return List.of(signed(bytes("{'account':'other','items':[" + message("9") + "]}")));
  }

  @Override
  public List<String> elementPaths() {
    return List.of("/items/*");
  }

  @Override
  public byte[] batch() {
    return items(
        message("1")
            + ","
            + message("2")
            + ",{'kind':'status','id':'s','from':'v','state':'seen'}");
  }

  @Override
  public List<byte[]> unknownKinds() {
    return List.of(items("{'kind':'hologram','id':'1','from':'visitor-7','at':1763640000}"));
  }

  @Override
  public List<byte[]> ownEchoes() {
    return List.of(items("{'kind':'echo','id':'1','from':'visitor-7','text':'ours'}"));
  }

  @Override
  public List<StatusCase> statuses() {
    return List.of(
        status("arrived", DeliveryState.DELIVERED),
        status("seen", DeliveryState.READ),
        status("failed", DeliveryState.FAILED));
  }

  private static StatusCase status(String name, DeliveryState expected) {
    return new StatusCase(
        name,
        items("{'kind':'status','id':'1','from':'visitor-7','state':'" + name + "'}"),
        expected);
  }

  @Override
  public byte[] unknownStatus() {
    return items("{'kind':'status','id':'1','from':'visitor-7','state':'in orbit'}");
  }

  @Override
  public OutboundMessage outbound(String text) {
    return new OutboundMessage(
        new OutboundId("out-1"),
        ACCOUNT,
        ContactAddress.visitor("visitor-7"),
        new OutboundContent.Text(text),
        Optional.empty());
  }

  @Override
  public Optional<ProviderAnswers> answers() {
    return Optional.of(
        new ProviderAnswers(
            answer(200, "{'id':'out-77'}"),
            Map.of("slow-down", answer(429, "{'error':'slow-down'}")),
            Map.of("blocked", answer(400, "{'error':'blocked'}")),
            text -> answer(400, "{'error':'other','why':'" + text + "'}")));
  }

  private static Answered answer(int status, String body) {
    return new Answered(status, Map.of(), bytes(body));
  }

  private static String message(String id) {
    return "{'kind':'text','id':'"
        + id
        + "','from':'visitor-7','name':'Niño','at':1763640000,'text':'¿Hola?'}";
  }

  private static byte[] items(String items) {
    return bytes("{'account':'box','items':[" + items + "]}");
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private record SandboxProvider(Defect defect) implements ChannelProvider {

    @Override
    public ChannelType type() {
      return SandboxChannel.TYPE;
    }

    @Override
    public Channel create(ChannelSettings settings, ChannelContext context) {
      ChannelSettings.Account account = settings.accounts().getFirst();
      Secret key = account.values().secret("key");
      if (key.reveal().contains(" ")) {
        if (defect == Defect.PRINTS_WRONG_SETTINGS) {
          throw account.values().invalid("key", "no space in '" + key.reveal() + "'");
        }
        if (defect == Defect.HIDES_WHICH_SETTING) {
          throw new InvalidSettingsException("a setting is wrong");
        }
        throw account.values().invalid("key", "a key without a space");
      }
      return new SandboxChannel(account.id(), key, context, defect);
    }
  }
}
