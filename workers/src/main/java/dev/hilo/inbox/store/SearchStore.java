package dev.hilo.inbox.store;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import org.springframework.stereotype.Component;

/** The store on Elasticsearch or OpenSearch. */
@Component
final class SearchStore implements Store {

  private final ElasticsearchClient client;
  private final StoreSettings settings;

  SearchStore(ElasticsearchClient client, StoreSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  @Override
  public <T> Documents<T> documents(String index, Class<T> type) {
    return new SearchDocuments<>(client, settings.prefix() + "-" + index, type);
  }
}
