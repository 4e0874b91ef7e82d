package dev.hilo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CustomerMessageTest {

  @Test
  void shouldBeTheProvidersPayloadWhenSent() {
    // given
    CustomerMessage message =
        new CustomerMessage(
            new Customer(42, 7),
            "wamid.BENCH1-1",
            "Hola, mensaje 1",
            Instant.parse("2026-11-20T12:00:00Z"));

    // when
    JsonNode webhook = LocalHttp.json(new String(message.webhook(), StandardCharsets.UTF_8));

    // then
    assertThat(webhook)
        .isEqualTo(
            LocalHttp.json(
                """
                {
                  "object": "whatsapp_business_account",
                  "entry": [{
                    "id": "102290129340398",
                    "changes": [{
                      "field": "messages",
                      "value": {
                        "messaging_product": "whatsapp",
                        "metadata": {
                          "display_phone_number": "576015550100",
                          "phone_number_id": "1000000001"
                        },
                        "contacts": [
                          {"profile": {"name": "Bench 573004200007"}, "wa_id": "573004200007"}
                        ],
                        "messages": [{
                          "from": "573004200007",
                          "id": "wamid.BENCH1-1",
                          "timestamp": "1795176000",
                          "type": "text",
                          "text": {"body": "Hola, mensaje 1"}
                        }]
                      }
                    }]
                  }]
                }
                """));
  }

  @Test
  void shouldHaveANumberOfTwelveDigitsWhenFirstOrLast() {
    assertThat(new Customer(0, 0).addressKey()).isEqualTo("phone:+573000000000");
    assertThat(new Customer(9999, 99999).addressKey()).isEqualTo("phone:+573999999999");
  }

  @Test
  void shouldRefuseACustomerWhenTheRunIsFull() {
    assertThatThrownBy(() -> new Customer(0, 100_000)).hasMessage("no customer 100000 of run 0");
  }
}
