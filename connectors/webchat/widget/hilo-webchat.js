/*
 * <hilo-webchat server="https://inbox.example" widget="shop" language="es"></hilo-webchat>
 *
 * Hilo's chat for web pages: one web component, no dependency, no build step. It talks to the
 * visitor API described in connectors/webchat/README.md. Works under a strict content security
 * policy: no inline style or handler, no eval, every text set as text.
 *
 * A message is written into the browser's storage before anything else happens and leaves it only
 * when the server has acknowledged it. It keeps its client id over retries, reloads and tabs, and
 * the server stores a client id once: so nothing is lost and nothing is doubled.
 */
(() => {
  'use strict';

  if (customElements.get('hilo-webchat')) return;

  const SCRIPT_URL = document.currentScript && document.currentScript.src;
  const LANGUAGES = ['es', 'en', 'pt'];
  const RANK = { pending: -1, queued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };
  const MAX_TEXT = 4000;
  const COUNT_FROM = 3800;
  const TYPING_EVERY_MS = 4000;
  const TYPING_SHOWN_MS = 6000;
  const REQUEST_TIMEOUT_MS = 20000;
  // The server writes a comment every 15 s; three missed ones mean a dead connection.
  const SILENCE_MS = 45000;
  const FIRST_DELAY_MS = 500;
  const MAX_DELAY_MS = 30000;
  const RENEW_EVERY_MS = 6 * 3600 * 1000;
  const BANNER_AFTER_MS = 2000;
  const GROUP_MS = 3 * 60 * 1000;
  const RECEIPTS_AT_ONCE = 100;

  const TEXTS = {
    en: {
      chat: 'Chat',
      open: 'Open chat',
      unread: (n) => (n === 1 ? '1 unread message' : `${n} unread messages`),
      close: 'Close chat',
      subtitle: 'Send us a message',
      hello: 'Hi! How can we help you?',
      helloMore: 'Leave your message. The answer will appear right here.',
      conversation: 'Conversation',
      write: 'Write a message',
      send: 'Send',
      you: 'You',
      agent: 'Support',
      pending: 'Sending',
      sent: 'Sent',
      delivered: 'Delivered',
      read: 'Read',
      failed: 'Not sent.',
      edit: 'Edit',
      retry: 'Try again',
      typing: 'Support is writing',
      offline: 'No connection. Your messages are kept and will be sent.',
      gone: 'Your earlier conversation has expired.',
      newer: 'New messages',
      left: (n) => `${n} characters left`,
      over: (n) => `${n} characters too many`,
      before: 'Before we start',
      name: 'Name',
      phone: 'Phone',
      email: 'Email',
      optional: 'optional',
      start: 'Start chat',
      skip: 'Skip',
      needed: 'Please fill this in.',
      badPhone: 'Please write a phone number, for example +57 300 123 4567.',
      badEmail: 'Please write an email address, for example ana@example.com.',
      goOn: (on) => `Continue on ${on}`,
      proof: (on) => `Send us this code from ${on}. Then this conversation goes on there.`,
      code: 'Your code',
      copy: 'Copy code',
      copied: 'Copied',
      openIn: (on) => `Open ${on}`,
      until: (time) => `Valid until ${time}. Use it only once.`,
      expired: 'This code has expired.',
      newCode: 'Get a new code',
      back: 'Back to the chat',
      proven: (on) => `Confirmed: you can now go on in ${on}.`,
      notNow: 'That did not work. Please try again.',
      attach: 'Attach files',
      remove: (name) => `Remove ${name}`,
      uploading: (name, percent) => `${name}: ${percent} % uploaded`,
      uploaded: (name) => `${name} is ready to be sent`,
      drop: 'Drop files to attach them',
      fileSize: (name, size) => `“${name}” is too large: at most ${size}.`,
      fileType: (name) => `“${name}” is a kind of file that cannot be sent here.`,
      fileMost: (n) => `At most ${n} files a message.`,
      fileFailed: (name) => `“${name}” could not be uploaded.`,
      file: 'File',
      opens: 'opens in a new tab',
      choose: 'Choose…',
      badForm: 'Please check this answer.',
      mustAgree: 'Please tick this box to go on.',
      away: 'Nobody is on right now.',
      backAt: (day, time) => `We are back ${day ? `on ${day}` : 'today'} at ${time}.`,
      byMail: 'Leave your message and we will answer by email.',
      byChat: 'Leave your message; the answer will appear in this chat.',
      mailTo: (email) => `If you leave, the answer goes to ${email}.`,
      leave: 'Leave a message',
      message: 'Message',
      sendMessage: 'Send message',
      transcript: 'Get a copy of this chat',
      transcriptMore: 'We email you what was written here, once.',
      transcriptSend: 'Send it',
      transcriptSent: (email) => `It is on its way to ${email}.`,
      signIn: 'Your session has ended. Sign in again to go on.',
      x_too_large: 'It is too long or too large.',
      x_wrong_content_type: 'This kind of file cannot be sent here.',
      x_malformed: 'It could not be read. Please change it and try again.',
      x_too_many_requests: 'Too many tries. Please wait a little.',
      x_file_gone: 'A file is no longer there. Please attach it again.',
      x_choice_gone: 'This question can no longer be answered.',
      x_other_email: 'This is not the address that you gave us.',
      x_nothing_yet: 'There is no answer in this conversation yet.',
      x_no_mail: 'Email is not available right now.',
    },
    es: {
      chat: 'Chat',
      open: 'Abrir el chat',
      unread: (n) => (n === 1 ? '1 mensaje sin leer' : `${n} mensajes sin leer`),
      close: 'Cerrar el chat',
      subtitle: 'Envíanos un mensaje',
      hello: '¡Hola! ¿En qué podemos ayudarte?',
      helloMore: 'Deja tu mensaje. La respuesta aparecerá aquí mismo.',
      conversation: 'Conversación',
      write: 'Escribe un mensaje',
      send: 'Enviar',
      you: 'Tú',
      agent: 'Atención',
      pending: 'Enviando',
      sent: 'Enviado',
      delivered: 'Entregado',
      read: 'Leído',
      failed: 'No se envió.',
      edit: 'Editar',
      retry: 'Reintentar',
      typing: 'Atención está escribiendo',
      offline: 'Sin conexión. Guardamos tus mensajes y los enviaremos.',
      gone: 'Tu conversación anterior venció.',
      newer: 'Mensajes nuevos',
      left: (n) => `Quedan ${n} caracteres`,
      over: (n) => `Sobran ${n} caracteres`,
      before: 'Antes de empezar',
      name: 'Nombre',
      phone: 'Teléfono',
      email: 'Correo electrónico',
      optional: 'opcional',
      start: 'Empezar el chat',
      skip: 'Omitir',
      needed: 'Completa este campo.',
      badPhone: 'Escribe un teléfono, por ejemplo +57 300 123 4567.',
      badEmail: 'Escribe un correo, por ejemplo ana@example.com.',
      goOn: (on) => `Continuar en ${on}`,
      proof: (on) => `Envíanos este código desde ${on} y la conversación sigue allí.`,
      code: 'Tu código',
      copy: 'Copiar código',
      copied: 'Copiado',
      openIn: (on) => `Abrir ${on}`,
      until: (time) => `Válido hasta las ${time}. Sirve una sola vez.`,
      expired: 'Este código venció.',
      newCode: 'Pedir otro código',
      back: 'Volver al chat',
      proven: (on) => `Confirmado: ya puedes continuar en ${on}.`,
      notNow: 'No funcionó. Inténtalo de nuevo.',
      attach: 'Adjuntar archivos',
      remove: (name) => `Quitar ${name}`,
      uploading: (name, percent) => `${name}: ${percent} % subido`,
      uploaded: (name) => `${name} está listo para enviar`,
      drop: 'Suelta los archivos para adjuntarlos',
      fileSize: (name, size) => `«${name}» es demasiado grande: máximo ${size}.`,
      fileType: (name) => `«${name}» es un tipo de archivo que no se puede enviar aquí.`,
      fileMost: (n) => `Máximo ${n} archivos por mensaje.`,
      fileFailed: (name) => `No se pudo subir «${name}».`,
      file: 'Archivo',
      opens: 'se abre en otra pestaña',
      choose: 'Elige…',
      badForm: 'Revisa esta respuesta.',
      mustAgree: 'Marca esta casilla para seguir.',
      away: 'En este momento no hay nadie.',
      backAt: (day, time) => `Volvemos ${day ? `el ${day}` : 'hoy'} a las ${time}.`,
      byMail: 'Déjanos tu mensaje y te respondemos por correo.',
      byChat: 'Déjanos tu mensaje; la respuesta aparecerá en este chat.',
      mailTo: (email) => `Si te vas, la respuesta llegará a ${email}.`,
      leave: 'Deja un mensaje',
      message: 'Mensaje',
      sendMessage: 'Enviar mensaje',
      transcript: 'Recibir una copia de esta conversación',
      transcriptMore: 'Te enviamos por correo, una vez, lo que se escribió aquí.',
      transcriptSend: 'Enviar',
      transcriptSent: (email) => `Va en camino a ${email}.`,
      signIn: 'Tu sesión terminó. Inicia sesión de nuevo para seguir.',
      x_too_large: 'Es demasiado largo o grande.',
      x_wrong_content_type: 'Este tipo de archivo no se puede enviar aquí.',
      x_malformed: 'No se pudo leer. Cámbialo e inténtalo de nuevo.',
      x_too_many_requests: 'Demasiados intentos. Espera un poco.',
      x_file_gone: 'Un archivo ya no está. Adjúntalo de nuevo.',
      x_choice_gone: 'Esta pregunta ya no se puede responder.',
      x_other_email: 'Esta no es la dirección que nos diste.',
      x_nothing_yet: 'Todavía no hay respuesta en esta conversación.',
      x_no_mail: 'El correo no está disponible en este momento.',
    },
    pt: {
      chat: 'Chat',
      open: 'Abrir o chat',
      unread: (n) => (n === 1 ? '1 mensagem não lida' : `${n} mensagens não lidas`),
      close: 'Fechar o chat',
      subtitle: 'Envie uma mensagem',
      hello: 'Olá! Como podemos ajudar?',
      helloMore: 'Deixe sua mensagem. A resposta aparecerá aqui mesmo.',
      conversation: 'Conversa',
      write: 'Escreva uma mensagem',
      send: 'Enviar',
      you: 'Você',
      agent: 'Atendimento',
      pending: 'Enviando',
      sent: 'Enviada',
      delivered: 'Entregue',
      read: 'Lida',
      failed: 'Não enviada.',
      edit: 'Editar',
      retry: 'Tentar de novo',
      typing: 'Atendimento está escrevendo',
      offline: 'Sem conexão. Guardamos suas mensagens e vamos enviá-las.',
      gone: 'Sua conversa anterior expirou.',
      newer: 'Novas mensagens',
      left: (n) => `Restam ${n} caracteres`,
      over: (n) => `Sobram ${n} caracteres`,
      before: 'Antes de começar',
      name: 'Nome',
      phone: 'Telefone',
      email: 'E-mail',
      optional: 'opcional',
      start: 'Começar o chat',
      skip: 'Pular',
      needed: 'Preencha este campo.',
      badPhone: 'Escreva um telefone, por exemplo +55 11 91234 5678.',
      badEmail: 'Escreva um e-mail, por exemplo ana@example.com.',
      goOn: (on) => `Continuar no ${on}`,
      proof: (on) => `Envie este código pelo ${on} e a conversa continua lá.`,
      code: 'Seu código',
      copy: 'Copiar código',
      copied: 'Copiado',
      openIn: (on) => `Abrir ${on}`,
      until: (time) => `Válido até ${time}. Serve uma única vez.`,
      expired: 'Este código expirou.',
      newCode: 'Pedir outro código',
      back: 'Voltar ao chat',
      proven: (on) => `Confirmado: você já pode continuar no ${on}.`,
      notNow: 'Não funcionou. Tente novamente.',
      attach: 'Anexar arquivos',
      remove: (name) => `Remover ${name}`,
      uploading: (name, percent) => `${name}: ${percent} % enviado`,
      uploaded: (name) => `${name} está pronto para enviar`,
      drop: 'Solte os arquivos para anexá-los',
      fileSize: (name, size) => `“${name}” é grande demais: no máximo ${size}.`,
      fileType: (name) => `“${name}” é um tipo de arquivo que não pode ser enviado aqui.`,
      fileMost: (n) => `No máximo ${n} arquivos por mensagem.`,
      fileFailed: (name) => `Não foi possível enviar “${name}”.`,
      file: 'Arquivo',
      opens: 'abre em outra aba',
      choose: 'Escolha…',
      badForm: 'Confira esta resposta.',
      mustAgree: 'Marque esta caixa para continuar.',
      away: 'No momento não há ninguém.',
      backAt: (day, time) => `Voltamos ${day || 'hoje'} às ${time}.`,
      byMail: 'Deixe sua mensagem e responderemos por e-mail.',
      byChat: 'Deixe sua mensagem; a resposta aparecerá neste chat.',
      mailTo: (email) => `Se você sair, a resposta vai para ${email}.`,
      leave: 'Deixe uma mensagem',
      message: 'Mensagem',
      sendMessage: 'Enviar mensagem',
      transcript: 'Receber uma cópia desta conversa',
      transcriptMore: 'Enviamos por e-mail, uma vez, o que foi escrito aqui.',
      transcriptSend: 'Enviar',
      transcriptSent: (email) => `Está a caminho de ${email}.`,
      signIn: 'Sua sessão terminou. Entre novamente para continuar.',
      x_too_large: 'É longo ou grande demais.',
      x_wrong_content_type: 'Este tipo de arquivo não pode ser enviado aqui.',
      x_malformed: 'Não foi possível ler. Mude e tente de novo.',
      x_too_many_requests: 'Tentativas demais. Espere um pouco.',
      x_file_gone: 'Um arquivo não está mais aqui. Anexe-o de novo.',
      x_choice_gone: 'Esta pergunta não pode mais ser respondida.',
      x_other_email: 'Este não é o endereço que você informou.',
      x_nothing_yet: 'Ainda não há resposta nesta conversa.',
      x_no_mail: 'O e-mail não está disponível no momento.',
    },
  };

  const STYLE = `
    :host { all: initial; }
    *, *::before, *::after { box-sizing: border-box; }
    [hidden] { display: none !important; }
    .hilo {
      --c: #4338ca; --on: #fff;
      --bg: #fff; --ink: #161a22; --soft: #f1f2f6; --muted: #5b6272; --line: #e2e4ec;
      --bad: #b3261e; --bad-bg: #fdecea; --tick: #0b62c4;
      --shadow: 0 12px 40px rgb(15 18 30 / .18), 0 2px 8px rgb(15 18 30 / .10);
      color: var(--ink); color-scheme: light;
      font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
      -webkit-font-smoothing: antialiased; text-align: left;
    }
    @media (prefers-color-scheme: dark) {
      .hilo {
        --bg: #17191f; --ink: #eceef4; --soft: #272a33; --muted: #a8afbf; --line: #343843;
        --bad: #ffb4ab; --bad-bg: #43211e; --tick: #7db8ff;
        --shadow: 0 12px 40px rgb(0 0 0 / .5), 0 0 0 1px rgb(255 255 255 / .07);
        color-scheme: dark;
      }
    }
    button, input, textarea { font: inherit; color: inherit; margin: 0; letter-spacing: inherit; }
    button { border: 0; background: none; padding: 0; cursor: pointer; }
    h2, h3, p { margin: 0; font-size: inherit; font-weight: inherit; }
    svg { display: block; fill: none; stroke: currentColor; stroke-width: 2;
      stroke-linecap: round; stroke-linejoin: round; }
    :focus-visible { outline: 3px solid var(--tick); outline-offset: 2px; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }

    .launcher {
      position: fixed; z-index: 2147483000;
      right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
      width: 60px; height: 60px; border-radius: 50%; display: grid; place-items: center;
      background: var(--c); color: var(--on); box-shadow: var(--shadow);
      transition: transform .16s ease;
    }
    .launcher:has(.label:not([hidden])) { width: auto; max-width: calc(100vw - 40px); height: 56px;
      display: flex; align-items: center; gap: 10px; padding: 0 22px 0 18px; border-radius: 28px; }
    .open .launcher:has(.label) { width: 60px; height: 60px; padding: 0; display: grid;
      border-radius: 50%; }
    .open .launcher .label { display: none; }
    .label { font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .left .launcher, .left .panel { right: auto; left: calc(20px + env(safe-area-inset-left)); }
    .launcher:hover { transform: translateY(-2px); }
    .launcher:active { transform: scale(.96); }
    .launcher svg { width: 28px; height: 28px; }
    .badge {
      position: absolute; top: -3px; right: -3px; min-width: 23px; height: 23px; padding: 0 6px;
      border-radius: 12px; background: #b3261e; color: #fff; border: 2px solid #fff;
      font-size: 12px; font-weight: 700; line-height: 19px; text-align: center;
    }

    .panel {
      position: fixed; z-index: 2147483001; display: flex; flex-direction: column;
      right: calc(20px + env(safe-area-inset-right)); bottom: calc(94px + env(safe-area-inset-bottom));
      width: min(392px, calc(100vw - 40px)); height: min(640px, calc(100vh - 118px));
      background: var(--bg); border-radius: 18px; overflow: hidden; box-shadow: var(--shadow);
      animation: rise .2s cubic-bezier(.2, .8, .3, 1);
    }
    .panel:focus { outline: none; }
    @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    @keyframes pop { from { opacity: 0; transform: translateY(6px); } }

    header {
      display: flex; align-items: center; gap: 12px; flex: none; padding: 14px 10px 14px 18px;
      background: var(--c); color: var(--on);
    }
    .mark { width: 40px; height: 40px; flex: none; border-radius: 50%; display: grid;
      place-items: center; background: var(--on); color: var(--c); font-size: 18px;
      font-weight: 700; }
    .mark { overflow: hidden; }
    .mark img { width: 100%; height: 100%; object-fit: cover; }
    .who { flex: 1; min-width: 0; }
    h2 { font-size: 16px; font-weight: 650; line-height: 1.3; overflow: hidden;
      text-overflow: ellipsis; white-space: nowrap; }
    .who p { font-size: 13px; line-height: 1.35; }
    .icon { width: 44px; height: 44px; flex: none; border-radius: 12px; display: grid;
      place-items: center; }
    .icon svg { width: 22px; height: 22px; }
    header .icon:hover { background: rgb(127 127 127 / .28); }
    header :focus-visible { outline-color: var(--on); outline-offset: -4px; }

    .banner, .away { flex: none; padding: 9px 18px; background: var(--soft); color: var(--ink);
      font-size: 13px; border-bottom: 1px solid var(--line); }

    .view { flex: 1; min-height: 0; display: flex; flex-direction: column; position: relative; }
    .scroll { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain;
      padding: 18px 16px 10px; display: flex; flex-direction: column; }
    .scroll:focus-visible { outline-offset: -4px; }
    .empty { margin: auto; padding: 12px 26px 30px; text-align: center; max-width: 320px; }
    .empty h3 { font-size: 19px; font-weight: 650; line-height: 1.3; margin-bottom: 6px; }
    .empty p { color: var(--muted); }
    .log { display: flex; flex-direction: column; margin-top: auto; }

    .day { align-self: center; margin: 14px 0 10px; color: var(--muted); font-size: 12px;
      font-weight: 600; }
    .day::first-letter { text-transform: uppercase; }
    .notice { align-self: center; max-width: 90%; margin: 10px 0; padding: 7px 14px;
      border-radius: 14px; background: var(--soft); color: var(--ink); font-size: 13px;
      text-align: center; }
    .msg { max-width: 82%; margin-top: 3px; animation: pop .18s ease; }
    .msg.first { margin-top: 12px; }
    .msg.visitor { align-self: flex-end; }
    .msg.agent { align-self: flex-start; }
    .bubble { padding: 9px 14px; border-radius: 18px; white-space: pre-wrap;
      overflow-wrap: anywhere; width: fit-content; }
    .visitor .bubble { background: var(--c); color: var(--on); margin-left: auto; }
    .agent .bubble { background: var(--soft); color: var(--ink); }
    .visitor.last .bubble { border-bottom-right-radius: 6px; }
    .agent.last .bubble { border-bottom-left-radius: 6px; }
    .bubble a { color: inherit; text-decoration: underline; text-underline-offset: 2px; }
    .visitor .bubble a:focus-visible { outline-color: var(--on); }
    ul { list-style: none; margin: 0; padding: 0; }
    .files { display: flex; flex-direction: column; gap: 6px; margin-top: 4px; }
    .visitor .files { align-items: flex-end; }
    .file { display: flex; align-items: center; gap: 10px; min-height: 44px; max-width: 100%;
      padding: 8px 14px 8px 10px; border: 1px solid var(--line); border-radius: 14px;
      color: var(--ink); background: var(--bg); text-decoration: none; width: fit-content; }
    a.file:hover { background: var(--soft); }
    .file u { text-underline-offset: 2px; }
    span.file u { text-decoration: none; }
    .name { min-width: 0; overflow-wrap: anywhere; font-size: 14px; line-height: 1.3; }
    small { color: var(--muted); font-size: 12px; display: inline-block; }
    .face { flex: none; display: grid; place-items: center; min-width: 24px; color: var(--muted); }
    .face svg { width: 24px; height: 24px; }
    .pictured { flex-direction: column; align-items: flex-start; gap: 6px; padding: 6px 6px 8px; }
    .pictured .name { padding: 0 6px; font-size: 12px; }
    .pictured canvas { max-width: 100%; max-height: 260px; border-radius: 10px; }
    .choices { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
    .choices button { min-height: 44px; padding: 8px 16px; border-radius: 22px; font-weight: 600;
      font-size: 14px; line-height: 1.25; text-align: left; border: 1.5px solid currentColor;
      color: var(--ink); background: var(--bg); overflow-wrap: anywhere; }
    .choices button:hover { background: var(--soft); }
    .choices small { display: block; font-weight: 400; }
    .meta { display: flex; align-items: center; gap: 5px; margin: 4px 4px 0; color: var(--muted);
      font-size: 12px; line-height: 16px; }
    .visitor .meta { justify-content: flex-end; }
    .tick { display: inline-grid; }
    .tick svg { width: 17px; height: 13px; stroke-width: 1.8; }
    .tick.read { color: var(--tick); }
    .error { margin-top: 5px; padding: 8px 12px 4px; border-radius: 12px; background: var(--bad-bg);
      color: var(--bad); font-size: 13px; overflow-wrap: anywhere; }
    .error div { display: flex; gap: 18px; }
    .error button { min-height: 44px; font-weight: 650; text-decoration: underline;
      text-underline-offset: 3px; }

    .typing { align-self: flex-start; display: flex; gap: 5px; margin-top: 12px; padding: 14px 16px;
      border-radius: 18px 18px 18px 6px; background: var(--soft); }
    .typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted);
      animation: beat 1.2s infinite ease-in-out; }
    .typing i:nth-child(2) { animation-delay: .15s; }
    .typing i:nth-child(3) { animation-delay: .3s; }
    @keyframes beat { 0%, 60%, 100% { transform: none; opacity: .5; }
      30% { transform: translateY(-4px); opacity: 1; } }

    .newer { position: absolute; left: 50%; bottom: 10px; transform: translateX(-50%);
      min-height: 44px; padding: 0 18px; border-radius: 22px; background: var(--ink);
      color: var(--bg); font-size: 13px; font-weight: 650; box-shadow: var(--shadow); }

    .offers { flex: none; display: flex; flex-wrap: wrap; gap: 8px; padding: 4px 16px 8px; }
    .offers button { min-height: 44px; padding: 0 16px; border-radius: 22px; font-size: 14px;
      font-weight: 600; border: 1px solid var(--line); background: var(--bg); }
    .offers button:hover { background: var(--soft); }
    .composer { flex: none; border-top: 1px solid var(--line);
      padding: 10px 10px calc(10px + env(safe-area-inset-bottom)) 16px; }
    .row { display: flex; align-items: flex-end; gap: 8px; }
    textarea { flex: 1; min-width: 0; max-height: 132px; padding: 10px 0; border: 0; resize: none;
      background: none; font-size: 16px; line-height: 24px; }
    textarea:focus-visible { outline: none; }
    textarea::placeholder, input::placeholder { color: var(--muted); opacity: 1; }
    .composer:focus-within { box-shadow: inset 0 2px 0 var(--tick); }
    .attach { color: var(--muted); border-radius: 50%; margin-left: -8px; }
    .attach:hover { background: var(--soft); color: var(--ink); }
    .tray { display: flex; flex-direction: column; gap: 6px; max-height: 150px; overflow-y: auto;
      margin-bottom: 8px; }
    .tray li { display: flex; align-items: center; gap: 10px; padding: 2px 2px 2px 10px;
      border-radius: 12px; background: var(--soft); position: relative; min-height: 48px; }
    .tray .name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .tray canvas { max-width: 40px; max-height: 40px; border-radius: 6px; }
    progress { position: absolute; left: 10px; right: 10px; bottom: 2px; width: calc(100% - 20px);
      height: 4px; accent-color: var(--c); }
    .drop { position: absolute; inset: 10px; z-index: 1; display: grid; place-items: center;
      border: 2px dashed var(--tick); border-radius: 14px; background: var(--bg); font-weight: 650;
      pointer-events: none; }
    .composer .wrong { margin: 0 0 8px; }
    .send { border-radius: 50%; background: var(--c); color: var(--on); }
    .send[aria-disabled=true] { background: var(--soft); color: var(--muted); cursor: default; }
    .count { color: var(--muted); font-size: 12px; padding-bottom: 2px; }
    .count.over { color: var(--bad); font-weight: 650; }

    .sheet { flex: 1; min-height: 0; overflow-y: auto; padding: 24px 22px
      calc(22px + env(safe-area-inset-bottom)); display: flex; flex-direction: column; }
    .sheet h3 { font-size: 19px; font-weight: 650; line-height: 1.3; margin-bottom: 8px; }
    form.sheet h3 { margin-bottom: 20px; }
    .sheet > p { color: var(--muted); margin-bottom: 18px; }
    label { display: block; font-weight: 600; font-size: 14px; margin-bottom: 5px; }
    label span { font-weight: 400; color: var(--muted); }
    input { width: 100%; min-height: 46px; padding: 0 14px; border: 1px solid #868d9d;
      border-radius: 12px; background: var(--bg); font-size: 16px; }
    select, .sheet textarea { width: 100%; min-height: 46px; padding: 10px 14px; font: inherit;
      font-size: 16px; border: 1px solid #868d9d; border-radius: 12px; color: inherit;
      background: var(--bg); }
    .sheet textarea { max-height: none; min-height: 104px; flex: none; }
    .sheet textarea:focus-visible { outline: 3px solid var(--tick); outline-offset: 2px; }
    select[aria-invalid=true], textarea[aria-invalid=true] { border-color: var(--bad); }
    .tick-box { display: grid; grid-template-columns: 44px 1fr; align-items: center; }
    .tick-box input { width: 24px; min-height: 24px; height: 24px; margin: 10px;
      accent-color: var(--c); }
    .tick-box label { margin: 0; padding: 11px 0; min-height: 44px; font-weight: 400; }
    .tick-box .wrong { grid-column: 1 / -1; }
    form.sheet h3:has(+ p) { margin-bottom: 8px; }
    input[aria-invalid=true] { border-color: var(--bad); }
    .field { margin-bottom: 16px; }
    .wrong { color: var(--bad); font-size: 13px; margin-top: 5px; }
    .button { display: flex; align-items: center; justify-content: center; width: 100%;
      min-height: 48px; padding: 0 18px; border-radius: 14px; font-weight: 650;
      text-decoration: none; text-align: center; cursor: pointer; margin-top: 10px;
      color: var(--ink); border: 1px solid var(--line); background: var(--bg); }
    .button:hover { background: var(--soft); }
    .button.main { background: var(--c); color: var(--on); border-color: transparent; }
    .button.main:hover { background: var(--c); filter: brightness(1.06); }
    .plain { border-color: transparent; }
    .code { display: block; margin: 0 0 6px; padding: 18px 10px; border-radius: 14px;
      background: var(--soft); text-align: center; letter-spacing: .06em; overflow-wrap: anywhere;
      font: 700 22px/1.2 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
      user-select: all; }
    .done { width: 60px; height: 60px; margin: 22px auto 16px; border-radius: 50%; display: grid;
      place-items: center; background: var(--c); color: var(--on); }
    .done svg { width: 30px; height: 30px; }
    .sheet > .centre { margin: 14px 0 0; text-align: center; }

    @media (max-width: 480px), (max-height: 440px) {
      .panel, .left .panel { inset: 0 auto auto 0; top: var(--top, 0); width: 100vw; height: var(--height, 100dvh);
        border-radius: 0; }
      header { padding-top: calc(10px + env(safe-area-inset-top)); padding-bottom: 10px; }
      .open .launcher { display: none !important; }
    }
    @media (prefers-reduced-motion: reduce) {
      *, *::before, *::after { animation: none !important; transition: none !important; }
    }
    @media (forced-colors: active) {
      .launcher, .bubble, .send, .panel { border: 1px solid; }
    }`;

  const PATHS = {
    chat: ['M21 12a8.5 8.5 0 0 1-8.5 8.5c-1.5 0-2.9-.4-4.1-1L3.5 21l1.4-4.6A8.5 8.5 0 1 1 21 12Z',
      'M8.6 12h.01', 'M12.5 12h.01', 'M16.4 12h.01'],
    down: ['m6 9.5 6 6 6-6'],
    close: ['M6 6l12 12', 'M18 6 6 18'],
    send: ['M12 19V5', 'm5.5 11.5 6.5-6.5 6.5 6.5'],
    back: ['M19 12H5', 'm11 6-6 6 6 6'],
    check: ['m5 12.5 4.5 4.5L19 7.5'],
    clip: ['m20 11.5-8.2 8.2a5 5 0 0 1-7-7l8.5-8.600a3.300 3.300 0 0 1 4.700 4.700l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.600-7.500'],
    file: ['M14 3H6.500A1.500 1.500 0 0 0 5 4.500v15A1.500 1.500 0 0 0 6.500 21h11a1.500 1.500 0 0 0 1.500-1.500V8Z', 'M14 3v5h5'],
    mail: ['M4 5.500h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1Z', 'm3.500 7 8.500 6 8.500-6'],
  };
  const TICKS = {
    pending: ['M8.500 1.500a5 5 0 1 0 .01 0', 'M8.500 4v2.800l1.800 1'],
    sent: ['m4 7 3 3.200L13 3.500'],
    delivered: ['m1 7 3 3.200L10 3.500', 'm8 10.200L15.500 3.500'],
    read: ['m1 7 3 3.200L10 3.500', 'm8 10.200L15.500 3.500'],
  };

  /* ---------- small things ---------- */

  function h(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === false) continue;
      if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
      else if (name === 'class') node.className = value;
      else node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.filter((child) => child !== undefined && child !== null));
    return node;
  }

  function icon(paths, box = '0 0 24 24') {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', box);
    svg.setAttribute('aria-hidden', 'true');
    for (const d of paths) {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', d);
      svg.append(path);
    }
    return svg;
  }

  /** Web addresses become links; everything else stays text. */
  function linked(text) {
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
      const written = match[0].replace(/[.,;:!?)\]}'*_]+$/, '');
      let url;
      try {
        url = new URL(written);
      } catch {
        continue;
      }
      if (match.index > from) nodes.push(text.slice(from, match.index));
      nodes.push(
        h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, written));
      from = match.index + written.length;
    }
    if (from < text.length) nodes.push(text.slice(from));
    return nodes;
  }

  function uuid() {
    const [...bytes] = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return bytes.map((byte, at) => ([4, 6, 8, 10].includes(at) ? '-' : '')
      + byte.toString(16).padStart(2, '0')).join('');
  }

  /** Positions are the server's; numbers where they look like numbers. */
  function compare(a, b) {
    const difference = Number(a) - Number(b);
    if (!Number.isNaN(difference)) return difference;
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  }

  function delay(tries, atLeast = 0) {
    const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries, 10));
    return Math.max(atLeast, full * (0.5 + Math.random() / 2));
  }

  const PICTURES = /^image\/(png|jpeg|gif|webp)$/;
  const BY_ENDING = { csv: 'text/csv', txt: 'text/plain', pdf: 'application/pdf' };

  /** Browsers do not know every ending on every system. */
  function typeOf({ name, type }) {
    const known = BY_ENDING[String(name).split('.').pop().toLowerCase()];
    return known || type.split(';')[0].toLowerCase();
  }

  /** A picture as a canvas: no page's policy has to allow foreign or made-up addresses for it. */
  async function picture(blob, side) {
    const bitmap = await createImageBitmap(blob);
    const scale = Math.min(1, (side * devicePixelRatio) / Math.max(bitmap.width, bitmap.height));
    const canvas = h('canvas', { width: Math.max(1, Math.round(bitmap.width * scale)),
      height: Math.max(1, Math.round(bitmap.height * scale)) });
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas;
  }

  function isWebUrl(text) {
    return /^https?:\/\//i.test(String(text));
  }

  /** White on the colour where that can be read (WCAG AA), else almost black. */
  function inkOn(colour) {
    const [r, g, b] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return 1.05 / (luminance + 0.05) >= 4.5 ? '#ffffff' : '#10131a';
  }

  /** The whole text; a pattern that this browser does not know forbids nothing. */
  function matches(pattern, text) {
    try {
      return new RegExp(`^(?:${pattern})$`, 'u').test(text);
    } catch {
      return true;
    }
  }

  function languageOf(tag) {
    const primary = String(tag || '').toLowerCase().split(/[-_]/)[0];
    return LANGUAGES.includes(primary) ? primary : undefined;
  }

  /** One tab at a time; a suspended tab must not hold the others up, so the wait has an end. */
  async function alone(name, work) {
    if (!navigator.locks) return work();
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), REQUEST_TIMEOUT_MS + 5000);
    let started = false;
    try {
      return await navigator.locks.request(name, { signal: given.signal }, () => {
        started = true;
        clearTimeout(timer);
        return work();
      });
    } catch (error) {
      if (started) throw error;
      return work();
    } finally {
      clearTimeout(timer);
    }
  }

  const BY_STATUS = { 400: 'malformed', 413: 'too_large', 415: 'wrong_content_type',
    429: 'too_many_requests' };

  /** An answer that is not 2xx. */
  class Refused extends Error {
    constructor(status, { error, code } = {}, retryAfter = 0) {
      super(String(error || ''));
      this.status = status;
      this.code = String(code || BY_STATUS[status] || '').replaceAll('-', '_');
      this.retryAfter = retryAfter;
    }
    /** Whether the same call can never work. */
    get final() {
      return this.status >= 400 && this.status < 500
        && ![401, 408, 409, 425, 429].includes(this.status);
    }
  }

  const isFinal = (error) => error instanceof Refused && error.final;

  /** A sleep that somebody may end early. */
  class Nap {
    #wake = () => {};
    take(ms) {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    end() {
      this.#wake();
    }
  }

  /* ---------- what is kept in the browser ---------- */

  /** The browser's storage, or memory where the browser forbids it. Shared by the tabs. */
  class Store {
    #memory = new Map();
    #prefix;
    constructor(prefix) {
      this.#prefix = prefix;
    }
    get(key) {
      let text = this.#memory.get(key);
      try {
        text ??= localStorage.getItem(this.#prefix + key);
        return text ? JSON.parse(text) : undefined;
      } catch {
        return undefined;
      }
    }
    set(key, value) {
      const text = JSON.stringify(value);
      try {
        localStorage.setItem(this.#prefix + key, text);
        this.#memory.delete(key);
      } catch {
        this.#memory.set(key, text);
      }
    }
    remove(key) {
      this.#memory.delete(key);
      try {
        localStorage.removeItem(this.#prefix + key);
      } catch {
        // Nothing was kept there.
      }
    }
    keys(start) {
      const keys = new Set(this.#memory.keys());
      try {
        for (let i = 0; i < localStorage.length; i++) {
          const key = localStorage.key(i);
          if (key.startsWith(this.#prefix)) keys.add(key.slice(this.#prefix.length));
        }
      } catch {
        // Memory only.
      }
      return [...keys].filter((key) => key.startsWith(start));
    }
    /** The own name of a changed key, or undefined when it is not ours. */
    ours(event) {
      return event.key && event.key.startsWith(this.#prefix)
        ? event.key.slice(this.#prefix.length)
        : undefined;
    }
  }

  /* ---------- talking to the server ---------- */

  /** The visitor's session: kept for later visits only once the visitor opens the chat. */
  class Session {
    #base;
    #lock;
    #store;
    #greeting;
    #memory;
    #opening;
    #visitor;
    #openedAt = 0;
    onnewvisitor = () => {};

    constructor(base, store, lock, greeting) {
      this.#base = base;
      this.#store = store;
      this.#lock = lock;
      this.#greeting = greeting;
    }

    get data() {
      return this.#store.get('session') || this.#memory;
    }

    /** From now on this visitor is remembered; another tab's visitor has precedence. */
    async keep() {
      if (this.#memory && !this.#store.get('session')) {
        await alone(this.#lock, () => {
          if (!this.#store.get('session')) this.#store.set('session', this.#memory);
        });
      }
      this.settle();
    }

    /** Notices when the session at hand, perhaps written by another tab, is another visitor's. */
    settle() {
      const visitor = this.data && this.data.visitor;
      const before = this.#visitor;
      this.#visitor = visitor;
      if (before && visitor !== before) this.onnewvisitor();
    }

    /** Opens a session, or goes on with the one at hand, unless another tab just did so. */
    open() {
      const before = this.data;
      this.#visitor ??= before && before.visitor;
      this.#opening ??= alone(this.#lock, async () => {
        const old = this.data;
        const greeting = this.#greeting();
        // No other tab has said who the visitor is.
        if (!old || old.token === (before && before.token) || greeting.identity) {
          const opened = await this.#fetch('session', old && old.token, greeting);
          if (this.#store.get('session')) this.#store.set('session', opened);
          this.#memory = opened;
        }
        this.#openedAt = Date.now();
        this.settle();
      }).finally(() => {
        this.#opening = undefined;
      });
      return this.#opening;
    }

    /** Opens a session even though there is one: who the visitor is has changed. */
    async reopen() {
      await this.#opening?.catch(() => {});
      await this.open();
    }

    /** Nobody: what is kept of the visitor goes. */
    drop() {
      this.#memory = undefined;
      this.#visitor = undefined;
      this.#store.keys('').forEach((key) => this.#store.remove(key));
    }

    /** A fresh expiry for pages that stay open for days. */
    async renewWhenOld() {
      if (Date.now() - this.#openedAt > RENEW_EVERY_MS) await this.open();
    }

    /** Calls with the token; a token that is no longer taken is replaced once. */
    async call(path, body, signal) {
      if (!this.data) await this.open();
      try {
        return await this.#fetch(path, this.data.token, body, signal);
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 401) throw error;
        await this.open();
        return this.#fetch(path, this.data.token, body, signal);
      }
    }

    /**
     * Sends a file; unlike fetch, XMLHttpRequest tells how far it has come.
     *
     * @param signal ends it
     */
    async upload(file, name, type, onprogress, signal) {
      if (!this.data) await this.open();
      try {
        return await this.#put(file, name, type, onprogress, signal);
      } catch (error) {
        if (error.status !== 401) throw error;
        await this.open();
        return this.#put(file, name, type, onprogress, signal);
      }
    }

    #put(file, name, type, onprogress, signal) {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', `${this.#base}files?name=${encodeURIComponent(name)}`);
        request.setRequestHeader('Authorization', `Bearer ${this.data.token}`);
        request.setRequestHeader('Content-Type', type);
        request.upload.onprogress = (event) => {
          if (event.lengthComputable) onprogress(event.loaded / event.total);
        };
        request.onerror = request.onabort = () => reject(new Error('not sent'));
        request.onload = () => {
          let json = {};
          try {
            json = JSON.parse(request.responseText);
          } catch {
            // Told by its status.
          }
          if (request.status === 200) resolve(json);
          else reject(new Refused(request.status, json));
        };
        signal.addEventListener('abort', () => request.abort());
        request.send(file);
      });
    }

    async #fetch(path, token, body, signal) {
      const headers = {};
      if (token) headers.Authorization = `Bearer ${token}`;
      if (body) headers['Content-Type'] = 'application/json';
      const limit = new AbortController();
      // A stream has no end to wait for; its silence is watched instead.
      const timer = signal ? 0 : setTimeout(() => limit.abort(), REQUEST_TIMEOUT_MS);
      try {
        const answer = await fetch(this.#base + path, {
          method: body ? 'POST' : 'GET',
          headers,
          body: body && JSON.stringify(body),
          signal: signal || limit.signal,
          credentials: 'omit',
          cache: 'no-store',
        });
        if (answer.ok) return signal ? answer : await answer.json();
        throw new Refused(answer.status, await answer.json().catch(() => ({})),
          1000 * Math.min(60, Number(answer.headers.get('Retry-After')) || 0));
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /** Messages on their way: each under its own key in the store until it is acknowledged. */
  class Outbox {
    #session;
    #store;
    #lock;
    #nap = new Nap();
    #running = false;
    #stopped = false;
    onchange = () => {};

    constructor(session, store, lock) {
      this.#session = session;
      this.#store = store;
      this.#lock = lock;
    }

    /** Every waiting or failed message, in the order of writing. */
    get items() {
      return this.#store
        .keys('out:')
        .map((key) => this.#store.get(key))
        .filter(Boolean)
        .sort((a, b) => a.order - b.order);
    }

    /** @param more files, a choice, or that nobody is on */
    add(text, page, language, more = {}) {
      const last = this.items.at(-1);
      const now = Date.now();
      const item = {
        clientId: uuid(),
        ...more,
        text,
        page,
        language,
        sentAt: new Date(now).toISOString(),
        order: Math.max(now, last ? last.order + 1 : 0),
      };
      this.#put(item);
      this.wake();
    }

    again(item) {
      this.#put({ ...item, error: undefined });
      this.wake();
    }

    discard(clientId) {
      this.#store.remove('out:' + clientId);
      this.onchange();
    }

    /** The server has it. Other tabs read the id from the last value before the key goes. */
    acknowledge(clientId, id) {
      const item = this.#store.get('out:' + clientId);
      if (!item) return;
      this.#store.remove('answers');
      this.#store.set('out:' + clientId, { ...item, id });
      this.#store.remove('out:' + clientId);
      this.onchange({ ...item, id });
    }

    wake() {
      this.#nap.end();
      this.#run();
    }

    stop() {
      this.#stopped = true;
      this.#nap.end();
    }

    #put(item) {
      this.#store.set('out:' + item.clientId, item);
      this.onchange();
    }

    async #run() {
      if (this.#running || this.#stopped) return;
      this.#running = true;
      let tries = 0;
      try {
        while (!this.#stopped && this.items.some((item) => item.error === undefined)) {
          try {
            await alone(this.#lock, () => this.#sendFirst());
            tries = 0;
          } catch (error) {
            await this.#nap.take(delay(tries++, error.retryAfter));
          }
        }
      } finally {
        this.#running = false;
      }
    }

    async #sendFirst() {
      // Read inside the lock: another tab may have sent it meanwhile.
      const item = this.items.find((waiting) => waiting.error === undefined);
      if (!item || this.#stopped) return;
      const { clientId, text, sentAt, page, language, files, choice, offline } = item;
      const about = { clientId, sentAt, profile: this.#store.get('profile'), language, page };
      try {
        const answer = await this.#session.call('messages', choice
          ? { kind: 'choice', ...about, ...choice }
          : { kind: 'message', ...about, text, files, offline,
            fields: this.#store.get('answers') });
        const taken = (answer.messages || []).find((message) => message.clientId === clientId);
        this.acknowledge(clientId, taken && taken.id);
      } catch (error) {
        if (!isFinal(error)) throw error;
        if (this.#store.get('out:' + clientId)) this.#put({ ...item, error: error.code });
      }
    }
  }

  /** What the server says, over one streamed answer at a time. */
  class Stream {
    #session;
    #nap = new Nap();
    #connection;
    #running = false;
    #wanted = false;
    #after = '0';
    onevent = () => {};
    onstatus = () => {};

    constructor(session) {
      this.#session = session;
    }

    start() {
      this.#wanted = true;
      this.#run();
    }

    stop() {
      this.#wanted = false;
      this.#nap.end();
      if (this.#connection) this.#connection.abort();
    }

    /** Do not wait any longer before the next attempt. */
    hurry() {
      this.#nap.end();
    }

    /** Another visitor's thread: from its beginning. */
    restart() {
      this.#after = '0';
      if (this.#connection) this.#connection.abort();
    }

    async #run() {
      if (this.#running) return;
      this.#running = true;
      let tries = 0;
      while (this.#wanted) {
        try {
          await this.#session.renewWhenOld();
          await this.#read(() => {
            tries = 0;
            this.onstatus(true);
          });
        } catch (error) {
          if (isFinal(error)) break;
        }
        this.onstatus(false);
        if (this.#wanted) await this.#nap.take(delay(tries++));
      }
      this.#running = false;
    }

    async #read(connected) {
      const connection = new AbortController();
      this.#connection = connection;
      let timer;
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => connection.abort(), SILENCE_MS);
      };
      alive();
      try {
        const path = 'events?after=' + encodeURIComponent(this.#after);
        const answer = await this.#session.call(path, undefined, connection.signal);
        connected();
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = '';
        let event = {};
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          alive();
          const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
          rest = lines.pop();
          for (const line of lines) event = this.#line(line, event);
        }
      } finally {
        clearTimeout(timer);
        connection.abort();
      }
    }

    /** Source: WHATWG HTML, server-sent events, section 9.2.6. */
    #line(line, event) {
      if (line === '') {
        if (event.data !== undefined) this.#deliver(event);
        return {};
      }
      const colon = line.indexOf(':');
      if (colon === 0) return event;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') {
        event.data = event.data === undefined ? value : `${event.data}\n${value}`;
      } else if (field === 'event' || field === 'id') {
        event[field] = value;
      }
      return event;
    }

    #deliver(event) {
      let data;
      try {
        data = JSON.parse(event.data);
      } catch {
        return;
      }
      this.onevent(event.event, data, event.id);
      if (event.id && compare(event.id, this.#after) > 0) this.#after = event.id;
    }
  }

  /** Tells the server what has arrived and what has been read. */
  class Receipts {
    #session;
    #due = { delivered: new Set(), read: new Set() };
    #told = new Map();
    #timer = 0;
    #tries = 0;

    constructor(session) {
      this.#session = session;
    }

    add(state, id) {
      if ((this.#told.get(id) || 0) >= RANK[state]) return;
      this.#told.set(id, RANK[state]);
      this.#due.delivered.delete(id);
      this.#due[state].add(id);
      this.#later(250);
    }

    #later(ms) {
      if (!this.#timer) this.#timer = setTimeout(() => this.#send(), ms);
    }

    async #send() {
      let failed = false;
      for (const [state, due] of Object.entries(this.#due)) {
        const messages = [...due].slice(0, RECEIPTS_AT_ONCE);
        if (!messages.length) continue;
        try {
          await this.#session.call('messages', { kind: 'receipt', state, messages });
          messages.forEach((id) => due.delete(id));
        } catch (error) {
          if (isFinal(error)) messages.forEach((id) => due.delete(id));
          else failed = true;
        }
      }
      this.#timer = 0;
      this.#tries = failed ? this.#tries + 1 : 0;
      if (this.#due.delivered.size || this.#due.read.size) this.#later(delay(this.#tries));
    }
  }

  /* ---------- the thread ---------- */

  /** The messages, each once, however often and from wherever we hear of it. */
  class Thread {
    #entries = new Set();

    /** By position; what has none yet is newest. */
    get entries() {
      return [...this.#entries].sort((a, b) =>
        (a.position === undefined) - (b.position === undefined)
        || (a.position === undefined ? a.order - b.order : compare(a.position, b.position)));
    }

    clear() {
      this.#entries.clear();
    }

    byId(id) {
      return id === undefined ? undefined : this.#find((entry) => entry.id === id);
    }

    byClientId(clientId) {
      return clientId === undefined
        ? undefined
        : this.#find((entry) => entry.clientId === clientId);
    }

    #find(matches) {
      for (const entry of this.#entries) if (matches(entry)) return entry;
      return undefined;
    }

    /** Adds or completes an entry; two that turn out to be the same become one. */
    put(news) {
      const known = this.byId(news.id);
      const mine = this.byClientId(news.clientId);
      if (known && mine && known !== mine) this.#entries.delete(mine);
      const entry = known || mine || { state: 'pending' };
      const state = RANK[news.state] > RANK[entry.state] ? news.state : entry.state;
      for (const [name, value] of Object.entries(news)) {
        if (value !== undefined) entry[name] = value;
      }
      entry.state = state;
      this.#entries.add(entry);
      return entry;
    }

    remove(entry) {
      this.#entries.delete(entry);
    }

    rise(id, state) {
      const entry = this.byId(id);
      if (entry && RANK[state] > RANK[entry.state]) entry.state = state;
    }
  }

  /* ---------- the element ---------- */

  class HiloWebchat extends HTMLElement {
    static observedAttributes = ['server', 'widget', 'language', 'data-identity',
      'data-identity-hash'];

    #root;
    #ui = {};
    #abort;
    #store;
    #session;
    #outbox;
    #stream;
    #receipts;
    #thread = new Thread();
    #nodes = new Map();
    #texts = TEXTS.en;
    #language = 'en';
    #settings = {};
    #view = 'chat';
    #isOpen = false;
    #connected = false;
    #typedAt = 0;
    #timers = {};
    #proof;
    #drawing = false;
    #availability = {};
    /** Files that are chosen and not sent yet. */
    #tray = [];
    #shownUnread = 0;
    #end = true;
    /** Who reads the end goes on reading the end, whatever grows or shrinks. */
    #sizes = new ResizeObserver(() => this.#end && this.#toEnd());

    constructor() {
      super();
      this.#root = this.attachShadow({ mode: 'open' });
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        this.#root.adoptedStyleSheets = [sheet];
      } catch {
        // Browsers of before 2023; their pages must allow inline styles.
        this.#root.append(h('style', {}, STYLE));
      }
    }

    connectedCallback() {
      this.#restart();
    }

    disconnectedCallback() {
      this.#stop();
    }

    attributeChangedCallback(name, before, after) {
      if (this.isConnected && before !== after) this.#restart();
    }

    /** Opens the panel. */
    open() {
      this.#toggle(true);
    }

    /** Closes the panel. */
    close() {
      this.#toggle(false);
    }

    /**
     * Says who the visitor is, as the page's own server signed it.
     *
     * @param identity {token}, or {id, expires, hash}
     * @return a promise that fails when the server does not take it
     */
    async identify(identity) {
      this.#identity = identity;
      if (!this.#session) return;
      const signal = this.#abort?.signal;
      try {
        await this.#session.reopen();
      } catch (error) {
        if (isFinal(error) || error.status === 401) this.#refuseIdentity(error);
        throw error;
      }
      if (signal && !signal.aborted) this.#begin();
    }

    /** Forgets the visitor in this browser: to be called when the visitor logs out. */
    reset() {
      this.#identity = undefined;
      if (!this.#session) return;
      this.#session.drop();
      this.#tab('open', null);
      this.#restart();
    }

    #identity;

    #givenIdentity() {
      const { identity, identityId, identityExpires, identityHash } = this.dataset;
      if (identity) return { token: identity };
      return identityHash
        ? { id: identityId, expires: Number(identityExpires), hash: identityHash } : undefined;
    }

    /** What was shown may be another person's: a verified visitor is not gone on with. */
    #refuseIdentity(error) {
      console.error(`hilo-webchat: ${error.message || error.status}`);
      this.#identity = undefined;
      this.dispatchEvent(new CustomEvent('hilo-identity-refused',
        { bubbles: true, detail: { code: error.code, message: error.message } }));
      if (this.#store.get('verified')) this.reset();
    }

    /* ----- life ----- */

    /** Frameworks set attributes one after the other: start once they are all there. */
    #restart() {
      clearTimeout(this.#timers.start);
      this.#timers.start = setTimeout(() => {
        this.#stop();
        if (this.isConnected) this.#start();
      });
    }

    #start() {
      const widget = this.getAttribute('widget') || '';
      let server;
      try {
        server = new URL(this.getAttribute('server') || SCRIPT_URL, document.baseURI);
      } catch {
        server = undefined;
      }
      if (!widget || !server || !isWebUrl(server.href)) {
        console.error('hilo-webchat: the attributes "server" (an http or https address) and'
          + ' "widget" are needed');
        return;
      }
      const place = server.origin + (this.hasAttribute('server')
        ? server.pathname.replace(/\/+$/, '') : '');
      this.#place = place;
      const key = `hilo-webchat:${place}:${widget}:`;
      this.#choose(languageOf(this.getAttribute('language'))
        || languageOf(document.documentElement.lang)
        || [...(navigator.languages || [])].map(languageOf).find(Boolean));
      this.#store = new Store(key);
      this.#thread = new Thread();
      this.#nodes = new Map();
      this.#session = new Session(
        `${place}/visitors/webchat/${encodeURIComponent(widget)}/`, this.#store, key + 'session',
        () => ({ language: this.#chosen, identity: this.#identity,
          page: { ...this.#page(), referrer: document.referrer } }));
      this.#outbox = new Outbox(this.#session, this.#store, key + 'outbox');
      this.#stream = new Stream(this.#session);
      this.#receipts = new Receipts(this.#session);
      this.#identity ||= this.#givenIdentity();
      this.#session.onnewvisitor = () => this.#forget();
      this.#outbox.onchange = (sent) => this.#onOutbox(sent);
      this.#stream.onevent = (name, data, id) => this.#onEvent(name, data, id);
      this.#stream.onstatus = (connected) => this.#onStatus(connected);

      this.#abort = new AbortController();
      const on = (target, name, handler) =>
        target.addEventListener(name, handler, { signal: this.#abort.signal });
      on(window, 'storage', (event) => this.#onStorage(event));
      on(window, 'online', () => this.#hurry());
      on(window, 'pageshow', (event) => event.persisted && this.#listen());
      on(window, 'pagehide', () => this.#stream.stop());
      on(document, 'visibilitychange', () => this.#onVisibility());
      if (window.visualViewport) {
        on(window.visualViewport, 'resize', () => this.#fit());
        on(window.visualViewport, 'scroll', () => this.#fit());
      }

      this.#rememberCampaign();
      const known = this.#session.data;
      this.#build();
      if (known) this.#apply(known);
      this.#ui.all.hidden = !known;
      this.#onOutbox();
      this.#connect(this.#abort.signal);
      if (this.#tab('open') && !matchMedia('(max-width: 480px)').matches) this.#toggle(true, false);
    }

    #stop() {
      if (!this.#abort) return;
      this.#abort.abort();
      this.#abort = undefined;
      this.#stream.stop();
      this.#outbox.stop();
      this.#background?.abort();
      Object.values(this.#timers).forEach(clearTimeout);
      this.#timers = {};
      this.#ui.all.remove();
      this.#isOpen = false;
      this.#connected = false;
      this.#view = 'chat';
    }

    /** The first session. A chat that never worked on this page (wrong origin) is not shown. */
    async #connect(signal) {
      for (let tries = 0; !signal.aborted; ) {
        try {
          await this.#session.open();
          if (!signal.aborted) this.#begin();
          return;
        } catch (error) {
          if (signal.aborted) return;
          if (this.#identity && (isFinal(error) || error.status === 401)) {
            this.#refuseIdentity(error);
            if (signal.aborted || !this.isConnected) return;
            continue;
          }
          if (isFinal(error)) {
            console.error(`hilo-webchat: ${error.message || error.status}`);
            this.#ui.all.hidden = true;
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, delay(tries++)));
        }
      }
    }

    /** There is a session: the chat is there. */
    #begin() {
      if (this.#identity) {
        // A proof is used once; from now on the session says who it is.
        this.#identity = undefined;
        this.#store.set('verified', true);
        this.#session.keep();
      }
      this.#apply(this.#session.data);
      this.#ui.all.hidden = false;
      if (this.#store.get('thread') || this.#outbox.items.length || this.#isOpen) this.#engage();
      if (location.hash === '#hilo-chat') this.#toggle(true);
    }

    #chosen;
    #choose(language) {
      this.#chosen = language;
      this.#language = language || 'en';
      this.#texts = TEXTS[this.#language];
    }

    /** Draws itself as the server's settings say. */
    #apply(session) {
      const settings = session.settings || {};
      const asked = JSON.stringify(this.#settings.prechat);
      this.#settings = settings;
      if (!this.#chosen && languageOf(session.language)
          && languageOf(session.language) !== this.#language) {
        this.#language = languageOf(session.language);
        this.#texts = TEXTS[this.#language];
        const { hidden } = this.#ui.all;
        this.#build();
        this.#ui.all.hidden = hidden;
      }
      if (/^#[0-9a-f]{6}$/i.test(settings.colour)) {
        this.#ui.all.style.setProperty('--c', settings.colour);
        this.#ui.all.style.setProperty('--on', inkOn(settings.colour));
      }
      const title = String(settings.title || this.#texts.chat);
      this.#ui.title.textContent = title;
      this.#ui.mark.textContent = [...title][0].toUpperCase();
      if (isWebUrl(settings.avatar)) {
        const picture = h('img', { alt: '', src: settings.avatar, referrerpolicy: 'no-referrer',
          onload: () => this.#ui.mark.replaceChildren(picture) });
      }
      this.#ui.empty.firstChild.textContent = settings.greeting || this.#texts.hello;
      this.#ui.empty.lastChild.textContent = settings.greetingText || this.#texts.helloMore;
      this.#ui.label.textContent = settings.launcher || '';
      this.#ui.label.hidden = !settings.launcher;
      this.#ui.all.classList.toggle('left', settings.position === 'left');
      this.#ui.attach.hidden = !settings.files;
      this.#availability = session.availability || {};
      this.#ui.panel.setAttribute('aria-label', title);
      this.#ui.all.setAttribute('aria-label', `${this.#texts.chat}: ${title}`);
      // What the page's server has said meanwhile is asked no more.
      const other = asked !== JSON.stringify(settings.prechat);
      if (other && this.#view === 'prechat') this.#show('prechat');
      this.#draw();
    }

    /** From now on the visitor is remembered and listened for. */
    async #engage() {
      if (!this.#session.data) return;
      await this.#session.keep();
      if (!this.isConnected) return;
      this.#listen();
      this.#outbox.wake();
    }

    /* ----- one connection for the tabs in view, and at most one for all hidden ones ----- */

    #background;

    /** Browsers allow six connections to a server in all tabs together: hidden tabs share one. */
    #listen() {
      if (!this.#store.get('thread') && !this.#isOpen) return;
      this.#background?.abort();
      this.#background = undefined;
      if (document.visibilityState !== 'hidden' || !navigator.locks) {
        this.#stream.start();
        return;
      }
      const turn = new AbortController();
      this.#background = turn;
      this.#stream.stop();
      navigator.locks
        .request(this.#lockOfHidden(), { signal: turn.signal }, () => {
          this.#stream.start();
          return new Promise((resolve) => turn.signal.addEventListener('abort', resolve));
        })
        .catch(() => {});
    }

    #lockOfHidden() {
      return `hilo-webchat-hidden:${this.#session.data?.visitor}`;
    }

    #onVisibility() {
      this.#listen();
      this.#hurry();
      this.#draw();
    }

    #hurry() {
      if (document.visibilityState === 'hidden') return;
      this.#stream.hurry();
      this.#outbox.wake();
    }

    /* ----- what happens ----- */

    #onEvent(name, data, position) {
      const thread = this.#thread;
      if (name === 'message') {
        const visitor = data.from === 'visitor';
        if (visitor && data.clientId) this.#outbox.acknowledge(data.clientId, data.id);
        thread.put({
          id: String(data.id),
          clientId: visitor ? data.clientId : undefined,
          position: data.position ?? position,
          from: visitor ? 'visitor' : 'agent',
          text: String(data.text ?? ''),
          files: Array.isArray(data.files) ? data.files : undefined,
          choices: Array.isArray(data.choices) ? data.choices : undefined,
          answers: data.answers,
          at: Date.parse(data.at) ? data.at : undefined,
          state: data.state in RANK ? data.state : 'sent',
          error: undefined,
        });
        this.#store.set('thread', true);
        if (!visitor) this.#typing(false);
      } else if (name === 'state') {
        thread.rise(String(data.id), data.state);
      } else if (name === 'typing') {
        if (data.from === 'agent' && this.#connectedFor() > 1500) this.#typing(true);
      } else if (name === 'availability') {
        this.#availability = data;
      } else if (name === 'proven') {
        const label = String(data.label || '');
        thread.put({ id: `proven:${label}`, position, from: 'notice', state: 'read',
          at: data.at, text: label });
        if (this.#proof && this.#proof.label === label) {
          this.#proof = { ...this.#proof, done: true };
          if (this.#view === 'proof') this.#show('proof');
        }
      }
      this.#draw();
    }

    #connectedAt = 0;
    /** Typing that is replayed after a reconnection is long over. */
    #connectedFor() {
      return this.#connectedAt ? Date.now() - this.#connectedAt : 0;
    }

    #onStatus(connected) {
      if (!connected && this.#timers.banner) return;
      this.#connected = connected;
      clearTimeout(this.#timers.banner);
      if (connected) {
        this.#timers.banner = 0;
        this.#connectedAt = Date.now();
        this.#ui.banner.hidden = true;
        this.#outbox.wake();
        // What is replayed is not news: it is not read out.
        this.#ui.log.setAttribute('aria-live', 'off');
        clearTimeout(this.#timers.live);
        this.#timers.live = setTimeout(
          () => this.#ui.log.setAttribute('aria-live', 'polite'), 1000);
      } else {
        this.#timers.banner = setTimeout(() => {
          this.#ui.banner.textContent = this.#texts.offline;
          this.#ui.banner.hidden = false;
        }, BANNER_AFTER_MS);
      }
    }

    /** The thread shows what waits in the outbox, whichever tab wrote it. */
    #onOutbox(sent) {
      if (sent) {
        this.#sent(sent);
      }
      const waiting = new Set();
      for (const item of this.#outbox.items) {
        waiting.add(item.clientId);
        this.#thread.put({
          clientId: item.clientId,
          from: 'visitor',
          text: item.text,
          files: item.files,
          answers: item.choice && item.choice.to,
          at: item.sentAt,
          order: item.order,
        });
        this.#thread.byClientId(item.clientId).error = item.error;
      }
      for (const entry of this.#thread.entries) {
        if (entry.error !== undefined && !waiting.has(entry.clientId)) this.#thread.remove(entry);
      }
      this.#draw();
    }

    #sent({ clientId, id }) {
      const entry = this.#thread.byClientId(clientId);
      if (!entry) return;
      entry.error = undefined;
      this.#thread.put({ clientId, id, state: 'sent' });
    }

    #onStorage(event) {
      const key = this.#store.ours(event);
      if (key === 'session' && event.newValue === null) {
        this.#session.drop();
        this.#restart();
      } else if (key === 'session') {
        this.#session.settle();
      } else if (key && key.startsWith('out:')) {
        const item = event.newValue ? JSON.parse(event.newValue) : undefined;
        this.#onOutbox(item && item.id ? item : undefined);
      } else if (key === 'thread') {
        this.#engage();
      }
      if (key) this.#draw();
    }

    /** Another visitor: what was shown was the old one's. What still waits is sent as the new. */
    #forget() {
      const had = this.#store.get('thread') && !this.#identity;
      if (this.#identity) {
        // Somebody else has logged in: nothing of the one before is theirs.
        ['profile', 'answers', ...this.#store.keys('out:')].forEach((key) => this.#store.remove(key));
      }
      this.#tray.forEach((item) => item.end.abort());
      this.#tray = [];
      this.#drawTray();
      this.#thread.clear();
      this.#store.remove('thread');
      if (had) {
        this.#thread.put({ id: 'gone', position: '-1', from: 'notice', state: 'read' });
      }
      this.#stream.restart();
      this.#onOutbox();
    }

    #page() {
      return { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) };
    }

    /** The campaign that brought the visitor here, for as long as this tab lives. */
    #rememberCampaign() {
      const campaign = new URLSearchParams(location.search).get('utm_campaign');
      if (campaign) this.#tab('campaign', campaign.slice(0, 200));
    }

    /** Reads or writes what belongs to this tab only. */
    #tab(name, value) {
      try {
        if (value === null) sessionStorage.removeItem('hilo-webchat:' + name);
        else if (value !== undefined) sessionStorage.setItem('hilo-webchat:' + name, value);
        return sessionStorage.getItem('hilo-webchat:' + name) || undefined;
      } catch {
        return undefined;
      }
    }

    /* ----- what the visitor does ----- */

    #toggle(open, focus = true) {
      if (!this.#abort || open === this.#isOpen) return;
      this.#isOpen = open;
      this.#tab('open', open ? '1' : null);
      const { all, panel, launcher } = this.#ui;
      all.classList.toggle('open', open);
      panel.hidden = !open;
      launcher.setAttribute('aria-expanded', String(open));
      this.#ui.icon.replaceChildren(icon(open ? PATHS.down : PATHS.chat));
      if (open) {
        this.#engage();
        this.#fit();
        this.#draw();
        this.#toEnd();
        if (focus) this.#focusInside();
      } else {
        if (focus) launcher.focus();
        this.#draw();
      }
    }

    /** On phones a focused field would open the keyboard at once: there the panel gets the focus. */
    #focusInside() {
      const { panel, field, sheet } = this.#ui;
      const target = this.#view === 'chat' ? field : sheet.querySelector('input, select, textarea, button, a');
      (matchMedia('(pointer: coarse)').matches ? panel : target || panel).focus();
    }

    #send() {
      const { field } = this.#ui;
      const text = field.value.trim();
      if (!this.#sendable(text)) return;
      const files = this.#tray.map((item) => item.taken);
      field.value = '';
      this.#tray = [];
      this.#drawTray();
      this.#write(text, files.length ? { files } : {});
      this.#typed();
      field.focus();
    }

    /** Puts a message on its way. */
    #write(text, more) {
      this.#store.set('thread', true);
      const campaign = this.#tab('campaign');
      this.#outbox.add(text, campaign ? { ...this.#page(), campaign } : this.#page(),
        this.#language, more);
      this.#engage();
      this.#toEnd();
    }

    #sendable(text) {
      return text.length <= MAX_TEXT && (text || this.#tray.length)
        && this.#tray.every((item) => item.taken);
    }

    #answer(entry, { payload, title }) {
      const clientId = `choice-${entry.id.replace(/[^\w.-]/g, '-').slice(-57)}`;
      this.#write(title, { clientId, choice: { to: entry.id, payload, title } });
    }

    /* ----- files on their way ----- */

    /** Takes files from the picker, the clipboard or a drop; says in words what cannot be sent. */
    #attach(files) {
      const t = this.#texts;
      const limits = this.#settings.files;
      if (!limits || this.#view !== 'chat') return;
      const wrong = [];
      for (const file of files) {
        const name = file.name || t.file;
        const type = typeOf(file);
        if (this.#tray.length >= limits.most) {
          wrong.push(t.fileMost(limits.most));
          break;
        } else if (!limits.types.includes(type)) wrong.push(t.fileType(name));
        else if (file.size > limits.maxBytes) {
          wrong.push(t.fileSize(name, this.#size(limits.maxBytes)));
        } else if (file.size) this.#tray.push(this.#upload(file, name, type));
      }
      this.#trayFault(wrong.join(' '));
      this.#drawTray();
      this.#ui.field.focus();
    }

    #trayFault(sentence) {
      this.#ui.fault.textContent = sentence;
      this.#ui.fault.hidden = !sentence;
    }

    #upload(file, name, type) {
      const t = this.#texts;
      const item = { name, end: new AbortController() };
      const bar = h('progress', { max: '1', value: '0', 'aria-label': t.uploading(name, 0) });
      const face = h('span', { class: 'face' }, icon(PATHS.file));
      item.node = h('li', {}, face, h('span', { class: 'name' }, name), bar,
        h('button', { class: 'icon', type: 'button', 'aria-label': t.remove(name), onclick: () => {
          item.end.abort();
          this.#tray = this.#tray.filter((other) => other !== item);
          this.#drawTray();
          this.#ui.field.focus();
        } }, icon(PATHS.close)));
      if (PICTURES.test(type)) picture(file, 40).then((canvas) => face.replaceChildren(canvas), () => {});
      this.#engage();
      this.#session.upload(file, name, type, (part) => {
        bar.value = part;
        bar.setAttribute('aria-label', t.uploading(name, Math.round(100 * part)));
      }, item.end.signal).then((taken) => {
        item.taken = { id: taken.id, name: taken.name || name, type: taken.type || type,
          size: file.size, url: taken.url, thumbnail: taken.thumbnail };
        bar.remove();
        this.#ui.news.textContent = t.uploaded(name);
      }, (error) => {
        if (item.end.signal.aborted) return;
        this.#tray = this.#tray.filter((other) => other !== item);
        this.#trayFault(error.code === 'wrong_content_type' ? t.fileType(name)
          : error.code === 'too_large' && this.#settings.files
            ? t.fileSize(name, this.#size(this.#settings.files.maxBytes)) : t.fileFailed(name));
      }).then(() => this.#drawTray());
      return item;
    }

    #drawTray() {
      this.#ui.tray.replaceChildren(...this.#tray.map((item) => item.node));
      this.#ui.tray.hidden = !this.#tray.length;
      this.#typed();
    }

    #size(bytes) {
      const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte';
      return new Intl.NumberFormat(this.#language, { style: 'unit', unit, unitDisplay: 'short',
        maximumFractionDigits: bytes < 1e7 && bytes >= 1e6 ? 1 : 0 })
        .format(Math.max(1, bytes / (bytes < 1e6 ? 1024 : 1048576)));
    }

    /** The sentence for a refusal, in the visitor's language. */
    #said(code) {
      return code === 'wrong_verify_token' ? this.#texts.signIn
        : this.#texts[`x_${code}`] || this.#texts.notNow;
    }

    #edit(entry) {
      const { field } = this.#ui;
      field.value = field.value ? `${entry.text}\n${field.value}` : entry.text;
      this.#outbox.discard(entry.clientId);
      this.#typed();
      field.focus();
    }

    #retry(entry) {
      const item = this.#outbox.items.find((one) => one.clientId === entry.clientId);
      if (item) this.#outbox.again(item);
    }

    #onKey(event) {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send();
      }
    }

    /** Grows the field, counts, and says at most every few seconds that somebody is writing. */
    #typed(event) {
      const { field, send, count } = this.#ui;
      field.style.height = 'auto';
      field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
      const { length } = field.value.trim();
      const left = MAX_TEXT - length;
      send.setAttribute('aria-disabled', String(!this.#sendable(field.value.trim())));
      count.hidden = length < COUNT_FROM;
      count.classList.toggle('over', left < 0);
      count.textContent = left < 0 ? this.#texts.over(-left) : this.#texts.left(left);
      const now = Date.now();
      if (event && length && this.#store.get('thread') && this.#connected
          && now - this.#typedAt >= TYPING_EVERY_MS) {
        this.#typedAt = now;
        this.#session.call('messages', { kind: 'typing' }).catch(() => {});
      }
    }

    #typing(shown) {
      clearTimeout(this.#timers.typing);
      this.#ui.typing.hidden = !shown;
      if (shown) {
        this.#timers.typing = setTimeout(() => this.#typing(false), TYPING_SHOWN_MS);
      }
    }

    async #prove(channel, label) {
      this.#proof = { channel, label };
      this.#show('proof');
      clearTimeout(this.#timers.proof);
      try {
        const given = await this.#session.call('proofs', { channel });
        const expiresAt = new Date(given.expiresAt);
        this.#proof = { channel, label: String(given.label || label), code: String(given.code),
          link: isWebUrl(given.link) ? given.link : undefined, expiresAt };
        this.#timers.proof = setTimeout(() => {
          if (this.#proof && !this.#proof.done) {
            this.#proof.expired = true;
            if (this.#view === 'proof') this.#show('proof');
          }
        }, Math.min(Math.max(0, expiresAt - Date.now()), 2 ** 31 - 1));
      } catch (error) {
        this.#proof = { channel, label, error: this.#said(error.code) };
      }
      if (this.#view === 'proof') this.#show('proof');
    }

    /* ----- what is seen ----- */

    #build() {
      const t = this.#texts;
      const ui = {};
      const hadFocus = Boolean(this.#root.activeElement);
      if (this.#ui.all) this.#ui.all.remove();
      ui.badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
      ui.launcher = h('button', { class: 'launcher', type: 'button', 'aria-expanded': 'false',
        'aria-haspopup': 'dialog', onclick: () => this.#toggle(!this.#isOpen) },
      ui.icon = h('span', {}, icon(PATHS.chat)),
      ui.label = h('span', { class: 'label', hidden: true }), ui.badge);
      ui.mark = h('div', { class: 'mark', 'aria-hidden': 'true' });
      ui.title = h('h2', {}, t.chat);
      ui.banner = h('div', { class: 'banner', role: 'status', hidden: true });
      ui.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite',
        'aria-relevant': 'additions', 'aria-label': t.conversation });
      ui.empty = h('div', { class: 'empty' }, h('h3', {}, t.hello), h('p', {}, t.helloMore));
      ui.typing = h('div', { class: 'typing', hidden: true },
        h('i'), h('i'), h('i'), h('span', { class: 'sr' }, t.typing));
      ui.scroll = h('div', { class: 'scroll', tabindex: '0', role: 'group',
        'aria-label': t.conversation, onscroll: () => this.#onScroll() },
      ui.empty, ui.log, ui.typing);
      ui.newer = h('button', { class: 'newer', type: 'button', hidden: true,
        onclick: () => {
          this.#toEnd();
          ui.field.focus();
        } }, t.newer);
      ui.offers = h('div', { class: 'offers' });
      ui.field = h('textarea', { id: 'field', rows: '1', placeholder: t.write, 'aria-label': t.write,
        autocomplete: 'off', enterkeyhint: 'send', oninput: (event) => this.#typed(event),
        onkeydown: (event) => this.#onKey(event) });
      ui.send = h('button', { class: 'icon send', type: 'submit', 'aria-label': t.send,
        'aria-disabled': 'true' }, icon(PATHS.send));
      ui.count = h('div', { class: 'count', role: 'status', hidden: true });
      ui.tray = h('ul', { class: 'tray', hidden: true });
      ui.fault = h('p', { class: 'wrong', role: 'alert', hidden: true });
      ui.picker = h('input', { type: 'file', multiple: true, hidden: true, onchange: () => {
        this.#attach([...ui.picker.files]);
        ui.picker.value = '';
      } });
      ui.attach = h('button', { class: 'icon attach', type: 'button', 'aria-label': t.attach,
        hidden: true, onclick: () => {
          ui.picker.accept = this.#settings.files.types.join();
          ui.picker.click();
        } }, icon(PATHS.clip));
      ui.composer = h('form', { class: 'composer', onsubmit: (event) => {
        event.preventDefault();
        this.#send();
      } }, ui.tray, ui.fault, ui.count,
      h('div', { class: 'row' }, ui.picker, ui.attach, ui.field, ui.send));
      ui.away = h('div', { class: 'away', role: 'status', hidden: true });
      ui.drop = h('div', { class: 'drop', hidden: true, 'aria-hidden': 'true' }, t.drop);
      ui.chat = h('div', { class: 'view' },
        ui.away, h('div', { class: 'view' }, ui.scroll, ui.newer), ui.offers, ui.composer, ui.drop);
      this.#takeFiles(ui);
      ui.mail = h('button', { class: 'icon', type: 'button', 'aria-label': t.transcript, hidden: true,
        onclick: () => {
          this.#mailed = undefined;
          this.#show('transcript');
        } }, icon(PATHS.mail));
      ui.sheet = h('div', { class: 'view', hidden: true });
      ui.panel = h('section', { class: 'panel', role: 'dialog', tabindex: '-1', hidden: true,
        'aria-label': t.chat },
      h('header', {}, ui.mark, h('div', { class: 'who' }, ui.title, h('p', {}, t.subtitle)),
        ui.mail,
        h('button', { class: 'icon', type: 'button', 'aria-label': t.close,
          onclick: () => this.#toggle(false) }, icon(PATHS.close))),
      ui.banner, ui.chat, ui.sheet);
      ui.news = h('div', { class: 'sr', role: 'status' });
      ui.all = h('div', { class: 'hilo', role: 'region', 'aria-label': t.chat, lang: this.#language,
        hidden: true, onkeydown: (event) => {
          if (event.key === 'Escape' && this.#isOpen && !event.isComposing) {
            event.stopPropagation();
            this.#toggle(false);
          }
        } }, ui.panel, ui.launcher, ui.news);
      this.#ui = ui;
      this.#nodes.clear();
      this.#sizes.disconnect();
      for (const part of [ui.scroll, ui.log, ui.typing]) this.#sizes.observe(part);
      this.#root.append(ui.all);
      if (this.#tray.length) this.#drawTray();
      if (this.#isOpen) {
        this.#isOpen = false;
        this.#toggle(true, hadFocus);
      }
    }

    /** Dropped and pasted files. */
    #takeFiles(ui) {
      const dragged = (event) => this.#settings.files && this.#view === 'chat'
        && [...event.dataTransfer.types].includes('Files');
      const { panel, drop, field } = { ...ui, panel: ui.chat };
      panel.addEventListener('dragover', (event) => {
        if (!dragged(event)) return;
        event.preventDefault();
        drop.hidden = false;
      });
      panel.addEventListener('dragleave', (event) => {
        if (!panel.contains(event.relatedTarget)) drop.hidden = true;
      });
      panel.addEventListener('drop', (event) => {
        drop.hidden = true;
        if (!dragged(event)) return;
        event.preventDefault();
        this.#attach([...event.dataTransfer.files]);
      });
      field.addEventListener('paste', (event) => {
        const files = [...event.clipboardData.files];
        if (!files.length || !this.#settings.files) return;
        event.preventDefault();
        this.#attach(files);
      });
    }

    /** Draws once, after everything that happens now has happened. */
    #draw() {
      if (this.#drawing) return;
      this.#drawing = true;
      queueMicrotask(() => {
        this.#drawing = false;
        if (this.#abort) this.#drawNow();
      });
    }

    #drawNow() {
      const asks = this.#settings.prechat || [];
      const thread = this.#store.get('thread');
      const before = asks.length > 0 && !this.#store.get('profile') && !thread;
      const away = this.#availability.open === false;
      const wanted = away && !thread ? 'offline' : before ? 'prechat' : 'chat';
      // A form that is being filled in stays, whatever the time has become.
      const filling = this.#view === 'offline' && !thread
        && Boolean(this.#ui.sheet.querySelector('textarea')?.value);
      if (['chat', 'prechat', 'offline'].includes(this.#view) && this.#view !== wanted && !filling) {
        this.#show(wanted);
      }

      const entries = this.#thread.entries;
      this.#drawAway(away);
      this.#ui.mail.hidden = !this.#settings.transcript || !this.#availability.mail
        || !entries.some((entry) => entry.from === 'agent');
      const looking = this.#isOpen && this.#view === 'chat'
        && document.visibilityState === 'visible';
      let unread = 0;
      for (const entry of entries) {
        if (entry.from !== 'agent' || entry.state === 'read') continue;
        if (looking) {
          this.#receipts.add('read', entry.id);
          entry.state = 'read';
        } else {
          if (RANK[entry.state] < RANK.delivered) this.#receipts.add('delivered', entry.id);
          unread++;
        }
      }
      this.#drawUnread(unread);
      this.#drawOffers(entries);
      this.#drawLog(entries);
    }

    #drawUnread(unread) {
      const { badge, launcher, news } = this.#ui;
      const t = this.#texts;
      badge.hidden = !unread;
      badge.textContent = unread > 99 ? '99+' : String(unread);
      const named = this.#settings.launcher ? `${this.#settings.launcher} ${t.open}` : t.open;
      launcher.setAttribute('aria-label',
        this.#isOpen ? t.close : unread ? `${named}, ${t.unread(unread)}` : named);
      if (unread > this.#shownUnread && !this.#isOpen) news.textContent = t.unread(unread);
      else if (!unread) news.textContent = '';
      this.#shownUnread = unread;
    }

    /** The truth about when somebody will answer, and where. */
    #drawAway(away) {
      const { email } = this.#store.get('profile') || {};
      const sentence = !away ? '' : [this.#awayUntil(),
        this.#availability.mail && email && this.#texts.mailTo(email)].filter(Boolean).join(' ');
      if (this.#ui.away.textContent !== sentence) this.#ui.away.textContent = sentence;
      this.#ui.away.hidden = !sentence;
    }

    #awayUntil() {
      const t = this.#texts;
      const opens = new Date(this.#availability.opensAt);
      if (!this.#availability.opensAt || Number.isNaN(Number(opens))) return t.away;
      const today = opens.toDateString() === new Date().toDateString();
      const day = today ? '' : opens.toLocaleDateString(this.#language,
        { weekday: 'long', day: 'numeric', month: 'long' });
      return `${t.away} ${t.backAt(day, this.#clock(opens))}`;
    }

    #drawOffers(entries) {
      const proven = new Set(
        entries.filter((entry) => entry.from === 'notice').map((entry) => entry.text));
      const offers = (this.#settings.continueOn || []).filter((on) => !proven.has(on.label));
      const drawn = offers.map((on) => on.channel + on.label).join();
      if (this.#ui.offers.dataset.drawn === drawn) return;
      this.#ui.offers.dataset.drawn = drawn;
      this.#ui.offers.replaceChildren(...offers.map((on) =>
        h('button', { type: 'button', onclick: () => this.#prove(on.channel, on.label) },
          this.#texts.goOn(on.label))));
      this.#ui.offers.hidden = !offers.length;
    }

    #drawLog(entries) {
      const { log, empty, newer } = this.#ui;
      const rows = [];
      const used = new Set();
      this.#answered = new Set();
      let since = [];
      for (const { from, id, answers } of entries) {
        if (from === 'agent') since.push(id);
        else if (from === 'visitor') {
          for (const question of [...since, answers]) this.#answered.add(question);
          since = [];
        }
      }
      let news = false;
      let day;
      entries.forEach((entry, index) => {
        const at = new Date(entry.at || Date.now());
        const date = at.toDateString();
        if (entry.from !== 'notice' && date !== day) {
          day = date;
          const key = 'day:' + date;
          if (!this.#nodes.has(key)) this.#nodes.set(key, h('div', { class: 'day' }));
          this.#nodes.get(key).textContent = this.#dayName(at);
          rows.push(this.#nodes.get(key));
          used.add(key);
        }
        if (!this.#nodes.has(entry)) {
          news ||= entry.from === 'agent';
          this.#nodes.set(entry, this.#row(entry));
        }
        const node = this.#nodes.get(entry);
        if (entry.from !== 'notice') {
          const near = (other) => other && other.from === entry.from
            && other.error === undefined
            && Math.abs(new Date(other.at) - at) < GROUP_MS;
          this.#drawRow(entry, node, at, !near(entries[index - 1]),
            !near(entries[index + 1]) || entry.error !== undefined);
        }
        rows.push(node);
        used.add(entry);
      });
      for (const [key, node] of this.#nodes) {
        if (!used.has(key)) {
          node.remove();
          this.#nodes.delete(key);
        }
      }
      let next = log.firstChild;
      for (const row of rows) {
        if (row === next) next = next.nextSibling;
        else log.insertBefore(row, next);
      }
      empty.hidden = rows.length > 0;
      if (news && this.#isOpen && !this.#end) newer.hidden = false;
    }

    #answered = new Set();

    #row(entry) {
      const t = this.#texts;
      if (entry.from === 'notice') {
        return h('div', { class: 'notice' }, entry.id === 'gone' ? t.gone : t.proven(entry.text));
      }
      return h('div', {},
        h('span', { class: 'sr' }, `${entry.from === 'agent' ? t.agent : t.you}: `),
        h('div', { class: 'bubble', hidden: !entry.text }, ...linked(entry.text)),
        h('ul', { class: 'files', hidden: true }),
        h('div', { class: 'meta' }),
        h('div', { class: 'error', hidden: true }),
        h('div', { class: 'choices', role: 'group', 'aria-label': entry.text, hidden: true }));
    }

    #drawRow(entry, node, at, first, last) {
      const t = this.#texts;
      const failed = entry.error !== undefined;
      node.className = `msg ${entry.from}${first ? ' first' : ''}${last ? ' last' : ''}`;
      const [, , files, meta, error, choices] = node.children;
      this.#drawFiles(entry, files);
      this.#drawChoices(entry, choices);
      const shown = [last, entry.from, entry.state, failed, entry.at, entry.error].join('|');
      if (node.dataset.shown === shown) return;
      node.dataset.shown = shown;
      meta.hidden = !last || failed;
      meta.replaceChildren(h('time', { datetime: at.toISOString() }, this.#clock(at)));
      if (entry.from === 'visitor') {
        const state = TICKS[entry.state] ? entry.state : 'sent';
        const tick = h('span', { class: `tick ${state}`, role: 'img', 'aria-label': t[state] });
        tick.append(icon(TICKS[state], '0 0 17 13'));
        meta.append(tick);
        meta.hidden = failed || (!last && state !== 'pending');
      }
      error.hidden = !failed;
      error.replaceChildren(
        h('strong', {}, t.failed), ` ${this.#said(entry.error)}`,
        h('div', {},
          h('button', { type: 'button', onclick: () => this.#edit(entry) }, t.edit),
          h('button', { type: 'button', onclick: () => this.#retry(entry) }, t.retry)));
    }

    /** A whole web address; the server may leave its own part out. */
    #address(url) {
      try {
        const whole = new URL(url, `${this.#place}/`).href;
        return url && isWebUrl(whole) ? whole : undefined;
      } catch {
        return undefined;
      }
    }

    #place;

    /** Pictures small, everything else by name; nothing is opened inside the page. */
    #drawFiles(entry, list) {
      const files = entry.files || [];
      const drawn = files.map((file) => [file.name, Boolean(file.url), file.thumbnail].join()).join();
      list.hidden = !files.length;
      if (list.dataset.drawn === drawn) return;
      list.dataset.drawn = drawn;
      const t = this.#texts;
      list.replaceChildren(...files.map((file) => {
        const name = String(file.name || t.file);
        const face = h('span', { class: 'face' }, icon(PATHS.file));
        const size = file.size > 0 ? h('small', {}, this.#size(file.size)) : undefined;
        const parts = [face, h('span', { class: 'name' }, h('u', {}, name), ' ', size)];
        const href = this.#address(file.url);
        const thumbnail = this.#address(file.thumbnail);
        const whole = href
          ? h('a', { class: 'file', href, target: '_blank',
            rel: 'noopener noreferrer nofollow', title: t.opens }, ...parts)
          : h('span', { class: 'file' }, ...parts);
        if (thumbnail && PICTURES.test(file.type)) {
          fetch(thumbnail, { credentials: 'omit' })
            .then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer)))
            .then((blob) => picture(blob, 260))
            .then((canvas) => {
              face.replaceChildren(canvas);
              whole.classList.add('pictured');
            }, () => {});
        }
        return h('li', {}, whole);
      }));
    }

    /** Answers to tap, until one was given or something else was written. */
    #drawChoices(entry, group) {
      const open = (entry.choices || []).length > 0 && !this.#answered.has(entry.id);
      if (group.hidden !== open) return;
      group.hidden = !open;
      group.replaceChildren(...(open ? entry.choices : []).map((choice) =>
        h('button', { type: 'button', onclick: () => {
          this.#answer(entry, choice);
          this.#ui.field.focus();
        } }, String(choice.title),
        choice.description ? h('small', {}, String(choice.description)) : undefined)));
    }

    #clock(at) {
      return at.toLocaleTimeString(this.#language, { hour: 'numeric', minute: '2-digit' });
    }

    #dayName(at) {
      const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
      const days = Math.round((midnight(at) - midnight(Date.now())) / 864e5);
      if (days > -2 && days < 1) {
        return new Intl.RelativeTimeFormat(this.#language, { numeric: 'auto' }).format(days, 'day');
      }
      return at.toLocaleDateString(this.#language,
        { weekday: 'long', day: 'numeric', month: 'long' });
    }

    #toEnd() {
      this.#end = true;
      this.#ui.scroll.scrollTop = this.#ui.scroll.scrollHeight;
    }

    #onScroll() {
      const { scroll, newer } = this.#ui;
      this.#end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
      if (this.#end) newer.hidden = true;
    }

    /** Chat, the questions before it, or the code for another channel. */
    #show(view) {
      const { chat, sheet } = this.#ui;
      const hadFocus = this.#root.activeElement;
      this.#view = view;
      chat.hidden = view !== 'chat';
      sheet.hidden = view === 'chat';
      if (view === 'prechat') sheet.replaceChildren(this.#prechat());
      else if (view === 'proof') sheet.replaceChildren(this.#proofSheet());
      else if (view === 'offline') sheet.replaceChildren(this.#offlineSheet());
      else if (view === 'transcript') sheet.replaceChildren(this.#transcriptSheet());
      else sheet.replaceChildren();
      if (this.#isOpen && hadFocus && hadFocus !== this.#ui.launcher) this.#focusInside();
      this.#draw();
    }

    /** A labelled field with its own sentence when it is wrong. */
    #asked(ask, value) {
      const t = this.#texts;
      const { name, type = name, required, options, pattern, message } = ask;
      const label = ask.label || t[name] || name;
      const about = { id: name, name, 'aria-required': required ? 'true' : undefined,
        'aria-describedby': `${name}-wrong` };
      const input = type === 'select'
        ? h('select', about, h('option', { value: '' }, t.choose),
          ...options.map((option) => h('option', { value: option.value }, option.label)))
        : type === 'area' ? h('textarea', { ...about, rows: '4', maxlength: MAX_TEXT })
          : type === 'checkbox' ? h('input', { ...about, type })
            : h('input', { ...about, ...(PRECHAT[type] || { type: 'text', maxlength: '1000' }) });
      if (value) input.value = value;
      const wrong = h('p', { class: 'wrong', id: `${name}-wrong`, hidden: true });
      const optional = required ? undefined : h('span', {}, ` (${t.optional})`);
      const head = h('label', { for: name }, label, optional);
      const read = () => (type === 'checkbox' ? input.checked : input.value.trim());
      const check = () => {
        const given = read();
        const sentence = !given ? required && (type === 'checkbox' ? t.mustAgree : t.needed)
          : type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given) ? message || t.badEmail
            : type === 'phone' && given.replace(/\D/g, '').length < 7 ? message || t.badPhone
              : pattern && !matches(pattern, given) ? message || t.badForm : '';
        wrong.textContent = sentence || '';
        wrong.hidden = !sentence;
        input.setAttribute('aria-invalid', String(Boolean(sentence)));
        return !sentence;
      };
      return { name, type, input, read, check, node: type === 'checkbox'
        ? h('div', { class: 'field tick-box' }, input, head, wrong)
        : h('div', { class: 'field' }, head, input, wrong) };
    }

    /** Checks a form's fields, goes to the first wrong one, or keeps what was typed. */
    #take(fields) {
      const wrong = fields.filter((field) => !field.check());
      if (wrong.length) {
        wrong[0].input.focus();
        return false;
      }
      const profile = {};
      const answers = {};
      for (const { name, read } of fields) {
        if (name === 'message' || read() === '') continue;
        (PRECHAT[name] ? profile : answers)[name] = read();
      }
      this.#store.set('profile', profile);
      if (Object.keys(answers).length) this.#store.set('answers', answers);
      return true;
    }

    #prechat() {
      const t = this.#texts;
      const asks = this.#settings.prechat;
      const fields = asks.map((ask) => this.#asked(ask));
      const submit = (event) => {
        event.preventDefault();
        if (this.#take(fields)) this.#show('chat');
      };
      const skip = asks.some((ask) => ask.required) ? undefined
        : h('button', { class: 'button plain', type: 'button', onclick: () => {
          this.#store.set('profile', {});
          this.#show('chat');
        } }, t.skip);
      return h('form', { class: 'sheet', novalidate: true, onsubmit: submit },
        h('h3', {}, t.before), ...fields.map((field) => field.node),
        h('button', { class: 'button main', type: 'submit' }, t.start), skip);
    }

    /** Nobody is on: a message that is answered later. */
    #offlineSheet() {
      const t = this.#texts;
      const { mail } = this.#availability;
      const known = this.#store.get('profile') || {};
      const asks = [...(this.#settings.prechat || [])];
      for (const name of ['email', 'name']) {
        if (!asks.some((ask) => ask.name === name)) asks.unshift({ name });
      }
      const fields = [...asks.map((ask) => this.#asked(
        ask.name === 'email' && mail ? { ...ask, required: true } : ask, known[ask.name])),
      this.#asked({ name: 'message', type: 'area', required: true, label: t.message })];
      const submit = (event) => {
        event.preventDefault();
        if (!this.#take(fields)) return;
        this.#write(fields.at(-1).read(), { offline: this.#availability.open === false });
        this.#show('chat');
      };
      return h('form', { class: 'sheet', novalidate: true, onsubmit: submit },
        h('h3', {}, t.leave), h('p', {}, `${this.#awayUntil()} ${mail ? t.byMail : t.byChat}`),
        ...fields.map((field) => field.node),
        h('button', { class: 'button main', type: 'submit' }, t.sendMessage));
    }

    #mailed;

    /** The conversation by mail, to the visitor's own address. */
    #transcriptSheet() {
      const t = this.#texts;
      const back = h('button', { class: 'button plain', type: 'button',
        onclick: () => this.#show('chat') }, t.back);
      const { email } = this.#store.get('profile') || {};
      if (this.#mailed) {
        return h('div', { class: 'sheet', role: 'group', 'aria-label': t.transcript },
          h('div', { class: 'done' }, icon(PATHS.check)),
          h('p', { class: 'centre', role: 'status' }, t.transcriptSent(this.#mailed)), back);
      }
      const field = this.#asked({ name: 'email', required: true }, email);
      const fault = h('p', { class: 'wrong', role: 'alert' });
      const submit = async (event) => {
        event.preventDefault();
        if (!field.check()) {
          field.input.focus();
          return;
        }
        try {
          const to = field.read();
          await this.#session.call('transcript', { email: to, language: this.#language });
          this.#store.set('profile', { ...this.#store.get('profile'), email: to });
          this.#mailed = to;
          if (this.#view === 'transcript') this.#show('transcript');
        } catch (error) {
          fault.textContent = this.#said(error.code);
        }
      };
      return h('form', { class: 'sheet', novalidate: true, onsubmit: submit },
        h('h3', {}, t.transcript), h('p', {}, t.transcriptMore), field.node, fault,
        h('button', { class: 'button main', type: 'submit' }, t.transcriptSend), back);
    }

    #proofSheet() {
      const t = this.#texts;
      const { channel, label, code, link, expiresAt, expired, error, done } = this.#proof;
      const back = h('button', { class: 'button plain', type: 'button', onclick: () => {
        this.#proof = undefined;
        this.#show('chat');
      } }, t.back);
      const sheet = (...children) => h('div', { class: 'sheet', role: 'group',
        'aria-label': t.goOn(label) }, ...children);
      if (done) {
        return sheet(h('div', { class: 'done' }, icon(PATHS.check)),
          h('p', { class: 'centre', role: 'status' }, t.proven(label)), back);
      }
      if (error || expired) {
        return sheet(h('h3', {}, t.goOn(label)),
          h('p', { role: 'alert' }, error || t.expired),
          h('button', { class: 'button main', type: 'button',
            onclick: () => this.#prove(channel, label) }, t.newCode), back);
      }
      if (!code) return sheet(h('h3', {}, t.goOn(label)), h('p', { role: 'status' }, '…'), back);
      const copied = h('span', { role: 'status' });
      const copy = h('button', { class: 'button', type: 'button', onclick: async () => {
        try {
          await navigator.clipboard.writeText(code);
          copied.textContent = ` · ${t.copied}`;
        } catch {
          // No permission: the code is selected, so that the visitor can copy it.
          getSelection().selectAllChildren(output);
        }
      } }, t.copy, copied);
      const output = h('output', { class: 'code', 'aria-label': t.code }, code);
      return sheet(h('h3', {}, t.goOn(label)), h('p', {}, t.proof(label)), output, copy,
        link && h('a', { class: 'button main', href: link, target: '_blank',
          rel: 'noopener noreferrer' }, t.openIn(label)),
        h('p', { class: 'centre' }, t.until(this.#clock(expiresAt))), back);
    }

    /** Above the keyboard of a phone. */
    #fit() {
      const view = window.visualViewport;
      if (!view || !this.#isOpen) return;
      this.#ui.panel.style.setProperty('--height', `${view.height}px`);
      this.#ui.panel.style.setProperty('--top', `${view.offsetTop}px`);
    }
  }

  const PRECHAT = {
    name: { type: 'text', autocomplete: 'name', maxlength: '100' },
    phone: { type: 'tel', autocomplete: 'tel', maxlength: '40' },
    email: { type: 'email', autocomplete: 'email', maxlength: '254' },
  };

  customElements.define('hilo-webchat', HiloWebchat);
})();
