package dev.hilo.channel.contract;

import java.util.ArrayList;
import java.util.List;

/** All the sound payloads that a channel's test supplies: those that get damaged on purpose. */
final class ChannelPayloads {

  private ChannelPayloads() {}

  static List<byte[]> of(ChannelContract contract) {
    List<byte[]> payloads = new ArrayList<>();
    payloads.add(contract.batch());
    payloads.addAll(contract.unknownKinds());
    payloads.addAll(contract.ownEchoes());
    contract.statuses().forEach(status -> payloads.add(status.body()));
    payloads.add(contract.unknownStatus());
    GoldenPair.in(contract.goldenFolder()).stream()
        .map(GoldenPair::request)
        .filter(body -> contract.elementPaths().isEmpty() || Payload.read(body).isPresent())
        .forEach(payloads::add);
    return payloads;
  }
}
