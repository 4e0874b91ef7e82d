package dev.hilo.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTrimmerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On Thu, Nov 19, 2026 at 10:00 AM Support <soporte@tienda.example> wrote:",
        "On 19 Nov 2026, at 10:00, Support <soporte@tienda.example> wrote:",
        "On Nov 19, 2026, at 10:00 AM, a very long name of a team of the shop\n<soporte@tienda.example>\nwrote:",
        "Support <soporte@tienda.example> wrote on 19/11/2026:",
        "El jue, 19 nov 2026 a las 10:00, Soporte (<soporte@tienda.example>) escribió:",
        "El 19 nov 2026, a las 10:00, Soporte\n<soporte@tienda.example> escribió:",
        "Soporte <soporte@tienda.example> escribió el 19/11/2026:",
        "Em qui., 19 de nov. de 2026 às 10:00, Suporte <soporte@tienda.example> escreveu:",
        "Le jeu. 19 nov. 2026 à 10:00, Support <soporte@tienda.example> a écrit :",
        "Am Do., 19. Nov. 2026 um 10:00 Uhr schrieb Support <soporte@tienda.example>:",
        "Am 19.11.2026 um 10:00 schrieb Support:",
        "Il giorno gio 19 nov 2026 alle ore 10:00 Supporto <soporte@tienda.example> ha scritto:",
        "Op do 19 nov. 2026 om 10:00 schreef Support <soporte@tienda.example>:",
        "Den tors 19 nov. 2026 kl 10:00 skrev Support <soporte@tienda.example>:",
        "czw., 19 lis 2026 o 10:00 Support <soporte@tienda.example> napisał(a):",
        "чт, 19 нояб. 2026 г. в 10:00, Support <soporte@tienda.example>: написал:",
        "2026年11月19日(木) 10:00 Support <soporte@tienda.example>:",
        "2026-11-19 10:00 GMT-05:00 Support <soporte@tienda.example>:",
        "El dj., 19 de nov. 2026, Suport <soporte@tienda.example> va escriure:",
        "-----Original Message-----",
        "----- Mensaje original -----",
        "-----Mensagem Original-----",
        "-----Message d'origine-----",
        "-----Ursprüngliche Nachricht-----",
        "-----Messaggio originale-----",
        "------------------ Original ------------------",
      })
  void shouldEndBeforeTheQuotedMail(String attribution) {
    assertThat(ReplyTrimmer.text("Nuevo.\n\n" + attribution + "\n\n> viejo\n> más viejo"))
        .isEqualTo("Nuevo.");
    assertThat(ReplyTrimmer.text("Nuevo.\n\n" + attribution + "\n\nviejo\nmás viejo"))
        .isEqualTo("Nuevo.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: S <s@x.example>\nSent: Thursday\nTo: Ana\nSubject: Order",
        "*From:* S <s@x.example>\n*Sent:* Thursday\n*To:* Ana\n*Subject:* Order",
        "De: S <s@x.example>\nEnviado el: jueves\nPara: Ana\nAsunto: Pedido",
        "De: S <s@x.example>\nEnviada em: quinta\nPara: Ana\nAssunto: Pedido",
        "De : S <s@x.example>\nEnvoyé : jeudi\nÀ : Ana\nObjet : Commande",
        "Von: S <s@x.example>\nGesendet: Donnerstag\nAn: Ana\nBetreff: Bestellung",
        "Da: S <s@x.example>\nInviato: giovedì\nA: Ana\nOggetto: Ordine",
        "发件人: S <s@x.example>\n发送时间: 2026年\n收件人: Ana\n主题: 订单",
        "________________________________\nFrom: S\nSent: Thursday\nTo: Ana\nSubject: Order",
      })
  void shouldEndBeforeAHeaderBlock(String block) {
    assertThat(ReplyTrimmer.text("Nuevo.\n\n" + block + "\n\nviejo")).isEqualTo("Nuevo.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sent from my iPhone",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Mail for Windows",
        "Sent from Outlook for Android",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Enviado desde mi iPhone",
        "Enviado desde Outlook para Android",
        "Enviado do meu iPhone",
        "Enviado con el correo electrónico seguro de Proton Mail",
        "Obtener Outlook para iOS",
        "Envoyé de mon iPhone",
        "Von meinem iPhone gesendet",
        "Inviato da iPhone",
        "Verzonden vanaf mijn iPhone",
        "发自我的iPhone",
        "-- \nAna\nTel. 555",
        "--\nAna",
      })
  void shouldLeaveSignaturesOut(String signature) {
    assertThat(ReplyTrimmer.text("Nuevo.\n\n" + signature)).isEqualTo("Nuevo.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ayer Juan escribió: que no venía.\nY no vino.",
        "De: nada\nY gracias.",
        "From: here to there\nit is far.",
        "Lista:\n-- uno --\n-- dos --\n" + "más\nmás\nmás\nmás\nmás\nmás\nmás\nmás\nmás",
        "Enviado desde mi casa el paquete no llegó, lo mandé desde la oficina y tampoco: ¿qué hago ahora?\nEspero respuesta.",
        "El pedido 4711 dice:\nno entregado",
        "> solo cita",
        "El 19/11/2026, Soporte escribió:\n> ¿Color?\n\nRojo.\n\n> ¿Talla?\n\nM.",
      })
  void shouldKeepAllOf(String text) {
    assertThat(ReplyTrimmer.text(text)).isEqualTo(text);
  }

  @Test
  void shouldKeepTheSignatureWhenNothingElseIsThere() {
    assertThat(ReplyTrimmer.text("Enviado desde mi iPhone")).isEqualTo("Enviado desde mi iPhone");
  }
}
