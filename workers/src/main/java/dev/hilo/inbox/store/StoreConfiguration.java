package dev.hilo.inbox.store;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.elasticsearch.client.RestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The typed Elasticsearch client, made to talk to OpenSearch as well.
 *
 * <p>Two differences matter: OpenSearch refuses the client's vendored media type, and its answers
 * lack the product header that the client insists on.
 */
@Configuration
class StoreConfiguration {

  private static final String VENDORED = "application/vnd.elasticsearch+";

  /** Plain media types, which Elasticsearch 8 and 9 and OpenSearch all take. */
  private static final HttpRequestInterceptor PLAIN_MEDIA_TYPES =
      (request, context) -> {
        for (String name : new String[] {"Accept", "Content-Type"}) {
          var header = request.getFirstHeader(name);
          if (header != null && header.getValue().startsWith(VENDORED)) {
            String plain =
                header.getValue().contains("ndjson") ? "application/x-ndjson" : "application/json";
            request.setHeader(name, plain);
          }
        }
      };

  private static final HttpResponseInterceptor PRODUCT_HEADER =
      (response, context) -> response.setHeader("X-Elastic-Product", "Elasticsearch");

  /** How records are written in the store: ISO-8601 times, absent fields left out. */
  static JsonMapper storeMapper() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        // A newer version may have written more; an older node must still read it.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .build();
  }

  @Bean(destroyMethod = "close")
  RestClient storeRestClient(StoreSettings settings) {
    var builder =
        RestClient.builder(HttpHost.create(settings.url().toString()))
            .setRequestConfigCallback(
                config ->
                    config
                        .setConnectTimeout((int) settings.connectTimeout().toMillis())
                        .setSocketTimeout((int) settings.requestTimeout().toMillis()));
    return builder
        .setHttpClientConfigCallback(
            http -> {
              if (!settings.username().isBlank()) {
                http.setDefaultCredentialsProvider(login(settings));
              }
              return http.setMaxConnTotal(64)
                  .setMaxConnPerRoute(64)
                  .addInterceptorLast(PLAIN_MEDIA_TYPES)
                  .addInterceptorLast(PRODUCT_HEADER);
            })
        .build();
  }

  private static CredentialsProvider login(StoreSettings settings) {
    var login = new BasicCredentialsProvider();
    login.setCredentials(
        AuthScope.ANY,
        new UsernamePasswordCredentials(settings.username(), settings.password().reveal()));
    return login;
  }

  @Bean(destroyMethod = "close")
  ElasticsearchClient storeClient(RestClient restClient) {
    return new ElasticsearchClient(
        new RestClientTransport(restClient, new JacksonJsonpMapper(storeMapper())));
  }
}
