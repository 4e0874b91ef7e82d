package dev.hilo.inbox.store;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.hilo.channel.Secret;
import dev.hilo.platform.Platform;
import dev.hilo.platform.PlatformExtension;
import java.time.Duration;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real store keeps the contract too. */
@ExtendWith(PlatformExtension.class)
class SearchDocumentsIT implements DocumentsContract {

  private static RestClient rest;
  private static ElasticsearchClient client;

  @BeforeAll
  static void connect(Platform platform) {
    StoreSettings settings =
        new StoreSettings(
            platform.store(),
            "",
            new Secret(""),
            "contract",
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            0);
    StoreConfiguration configuration = new StoreConfiguration();
    rest = configuration.storeRestClient(settings);
    client = configuration.storeClient(rest);
  }

  @AfterAll
  static void disconnect() throws Exception {
    client.close();
    rest.close();
  }

  @Override
  public Documents<Counter> documents() {
    return new SearchDocuments<>(client, "contract-counters", Counter.class);
  }
}
