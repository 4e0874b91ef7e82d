// The shop: texts in three languages, a few products, a basket that only counts, and signing in.

const TEXTS = {
  es: {
    title: 'Tienda Aurora: hecho a mano para tu casa',
    heroTitle: 'Hecho a mano para tu casa, sin afán',
    heroText: 'Piezas de talleres colombianos: tejidos, cerámica y luz cálida. Te ayudamos a escoger por el chat, con una persona de verdad.',
    heroButton: 'Ver productos',
    productsTitle: 'Lo que más se llevan',
    add: 'Agregar',
    signIn: 'Entrar',
    signInAs: (name) => `Entrar como ${name}`,
    signOut: 'Salir',
    noPassword: 'Esta tienda no pide contraseña: escoge quién eres.',
    customer: (name, id) => `Eres ${name}, ${id} en la tienda.`,
    signInFailed: 'No se pudo. Inténtalo de nuevo.',
    chatKnows: 'El chat sabe que eres tú: la tienda lo firmó.',
    chatRefused: 'El chat no aceptó la firma de la tienda.',
    footer: 'Tienda Aurora es una tienda inventada para la demostración de Hilo. Aquí no se vende nada.',
    promises: [
      ['Envíos a todo el país', 'De 2 a 5 días hábiles; gratis desde $250.000.'],
      ['Cambios en 30 días', 'Sin usar y con etiqueta. Lo recogemos en tu casa.'],
      ['Te atiende una persona', 'Lunes a sábado de 9 a 19, por aquí o por WhatsApp.'],
    ],
  },
  en: {
    title: 'Tienda Aurora: handmade for your home',
    heroTitle: 'Handmade for your home, in no hurry',
    heroText: 'Pieces from Colombian workshops: weaving, ceramics and warm light. We help you choose in the chat, with a real person.',
    heroButton: 'See products',
    productsTitle: 'What people take home',
    add: 'Add',
    signIn: 'Sign in',
    signInAs: (name) => `Sign in as ${name}`,
    signOut: 'Sign out',
    noPassword: 'This shop asks for no password: choose who you are.',
    customer: (name, id) => `You are ${name}, customer ${id} of the shop.`,
    signInFailed: 'That did not work. Please try again.',
    chatKnows: 'The chat knows that it is you: the shop signed it.',
    chatRefused: 'The chat did not take the shop\'s signature.',
    footer: 'Tienda Aurora is a made-up shop for the demonstration of Hilo. Nothing is for sale here.',
    promises: [
      ['We ship worldwide', '5 to 12 working days outside Colombia.'],
      ['30 days to change your mind', 'Unused and with its label. We collect it.'],
      ['A person answers', 'Monday to Saturday, 9 to 19, here or on WhatsApp.'],
    ],
  },
  pt: {
    title: 'Tienda Aurora: feito à mão para a sua casa',
    heroTitle: 'Feito à mão para a sua casa, sem pressa',
    heroText: 'Peças de oficinas colombianas: tecelagem, cerâmica e luz quente. Ajudamos você a escolher no chat, com uma pessoa de verdade.',
    heroButton: 'Ver produtos',
    productsTitle: 'Os mais levados',
    add: 'Adicionar',
    signIn: 'Entrar',
    signInAs: (name) => `Entrar como ${name}`,
    signOut: 'Sair',
    noPassword: 'Esta loja não pede senha: escolha quem você é.',
    customer: (name, id) => `Você é ${name}, ${id} na loja.`,
    signInFailed: 'Não deu certo. Tente de novo.',
    chatKnows: 'O chat sabe que é você: a loja assinou.',
    chatRefused: 'O chat não aceitou a assinatura da loja.',
    footer: 'A Tienda Aurora é uma loja inventada para a demonstração do Hilo. Nada está à venda aqui.',
    promises: [
      ['Entregamos no Brasil', 'De 6 a 12 dias úteis, com rastreio.'],
      ['Trocas em 30 dias', 'Sem uso e com etiqueta. Buscamos na sua casa.'],
      ['Uma pessoa responde', 'De segunda a sábado, das 9 às 19, aqui ou no WhatsApp.'],
    ],
  },
};

const PRODUCTS = [
  {
    names: ['Lámpara Luna', 'Luna lamp', 'Luminária Luna'],
    texts: ['Papel de fique y madera de roble', 'Fique paper and oak', 'Papel de fique e carvalho'],
    prices: ['$189.900', 'US$ 49', 'R$ 259'],
    art: '<rect width="300" height="200" fill="#f8e6cf"/><circle cx="150" cy="88" r="46" fill="#fff3dc"/><circle cx="150" cy="88" r="46" fill="none" stroke="#e9a15b" stroke-width="3"/><path d="M150 42v-42" stroke="#8a5a35" stroke-width="3"/><path d="M110 66c26 12 54 12 80 0M106 90c30 12 58 12 88 0M112 114c24 10 52 10 76 0" stroke="#efc48f" stroke-width="2.5" fill="none"/><path d="M95 172h110" stroke="#d9b58c" stroke-width="8" stroke-linecap="round"/>',
  },
  {
    names: ['Mochila Wayuu', 'Wayuu bag', 'Bolsa Wayuu'],
    texts: ['Tejida a una hebra en La Guajira', 'Single-thread weave from La Guajira', 'Tecida com um fio em La Guajira'],
    prices: ['$240.000', 'US$ 62', 'R$ 329'],
    art: '<rect width="300" height="200" fill="#e7eef0"/><path d="M104 70C110 10 190 10 196 70" fill="none" stroke="#b0472e" stroke-width="9"/><path d="M98 70h104l12 74c2 22-18 36-64 36s-66-14-64-36z" fill="#c9573a"/><path d="M94 104l14-14 14 14 14-14 14 14 14-14 14 14 14-14 14 14" fill="none" stroke="#f3c66b" stroke-width="6"/><path d="M90 136l15-14 15 14 15-14 15 14 15-14 15 14 15-14 15 14" fill="none" stroke="#2c6661" stroke-width="6"/>',
  },
  {
    names: ['Ruana de páramo', 'Highland ruana', 'Ruana dos Andes'],
    texts: ['Lana virgen, tallas S a XL', 'Virgin wool, sizes S to XL', 'Lã virgem, tamanhos P a GG'],
    prices: ['$320.000', 'US$ 83', 'R$ 439'],
    art: '<rect width="300" height="200" fill="#efe5ef"/><path d="M122 30c8 14 48 14 56 0l86 104c-34 34-72 46-114 46S70 168 36 134z" fill="#6b4a77"/><path d="M122 30c8 30 48 30 56 0l-8-4c-4 12-36 12-40 0z" fill="#533660"/><path d="M58 112c58 36 126 36 184 0M48 126c64 40 140 40 204 0" stroke="#e9a15b" stroke-width="5" fill="none"/><path d="M78 90c46 26 98 26 144 0" stroke="#f3d9b8" stroke-width="3" fill="none"/><path d="M50 148l-5 14M74 164l-4 14M100 174l-3 14M126 179l-1 13M150 180v13M174 179l1 13M200 174l3 14M226 164l4 14M250 148l5 14" stroke="#6b4a77" stroke-width="4" stroke-linecap="round"/>',
  },
  {
    names: ['Hamaca Mompox', 'Mompox hammock', 'Rede Mompox'],
    texts: ['Algodón, para dos personas', 'Cotton, for two', 'Algodão, para dois'],
    prices: ['$275.000', 'US$ 71', 'R$ 379'],
    art: '<rect width="300" height="200" fill="#e3efe4"/><path d="M30 24v156M270 24v156" stroke="#8a6a45" stroke-width="10" stroke-linecap="round"/><path d="M32 56l46 24M32 56l52 38M32 56l34 12M268 56l-46 24M268 56l-52 38M268 56l-34 12" stroke="#b9a27c" stroke-width="2"/><path d="M64 68C96 112 204 112 236 68c-4 56-44 88-86 88S68 124 64 68z" fill="#2f8f83"/><path d="M68 88c34 40 130 40 164 0" fill="none" stroke="#f3e3b0" stroke-width="5"/><path d="M76 108c34 34 114 34 148 0" fill="none" stroke="#e9a15b" stroke-width="5"/><path d="M92 128c28 22 88 22 116 0" fill="none" stroke="#f3e3b0" stroke-width="4"/>',
  },
  {
    names: ['Florero Ráquira', 'Ráquira vase', 'Vaso Ráquira'],
    texts: ['Barro torneado y quemado en leña', 'Wheel-thrown, wood-fired clay', 'Barro torneado, queimado a lenha'],
    prices: ['$98.000', 'US$ 26', 'R$ 135'],
    art: '<rect width="300" height="200" fill="#f6e3da"/><path d="M150 96C140 60 120 40 100 34M150 96c4-40 16-60 40-70M150 96c-2-30 0-50 2-76" stroke="#4d8a72" stroke-width="4" fill="none"/><circle cx="98" cy="34" r="13" fill="#e9a15b"/><circle cx="192" cy="26" r="12" fill="#c9573a"/><circle cx="152" cy="20" r="11" fill="#f3c66b"/><path d="M126 92h48c-2 16 30 30 30 56 0 22-24 34-54 34s-54-12-54-34c0-26 32-40 30-56z" fill="#b5653f"/><path d="M100 134c30 10 70 10 100 0" stroke="#8c4527" stroke-width="4" fill="none"/>',
  },
  {
    names: ['Pocillos Salento', 'Salento cups', 'Xícaras Salento'],
    texts: ['Cuatro, peltre esmaltado a mano', 'Set of four, hand-enamelled', 'Quatro, esmaltadas à mão'],
    prices: ['$112.000', 'US$ 29', 'R$ 155'],
    art: '<rect width="300" height="200" fill="#e4e9f3"/><path d="M60 78h84v52c0 20-18 30-42 30s-42-10-42-30z" fill="#35558f"/><path d="M144 92c24-4 30 34 0 34" fill="none" stroke="#35558f" stroke-width="9"/><ellipse cx="102" cy="78" rx="42" ry="9" fill="#5b3b2a"/><path d="M168 104h72v42c0 18-14 26-36 26s-36-8-36-26z" fill="#f7f2e6"/><path d="M240 116c20-2 24 28 0 28" fill="none" stroke="#f7f2e6" stroke-width="8"/><ellipse cx="204" cy="104" rx="36" ry="8" fill="#5b3b2a"/><path d="M90 58c-6-12 8-16 2-30M112 58c-6-12 8-16 2-30" stroke="#b9c3d8" stroke-width="4" fill="none" stroke-linecap="round"/>',
  },
];

const LANGUAGES = Object.keys(TEXTS);
const asked = new URLSearchParams(location.search).get('lang');
const language = LANGUAGES.includes(asked) ? asked : 'es';
const texts = TEXTS[language];
const column = LANGUAGES.indexOf(language);

document.documentElement.lang = language;
document.title = texts.title;
document.querySelector('hilo-webchat').setAttribute('language', language);
document.querySelectorAll('[data-t]').forEach((node) => { node.textContent = texts[node.dataset.t]; });
document.querySelector(`[data-language="${language}"]`).setAttribute('aria-current', 'true');

let inBasket = 0;
const grid = document.getElementById('grid');
for (const product of PRODUCTS) {
  const card = document.createElement('article');
  card.className = 'card';
  card.innerHTML = `<svg viewBox="0 0 300 200" aria-hidden="true">${product.art}</svg>
    <div class="body"><h3></h3><p></p><div class="buy"><span class="price"></span><button type="button"></button></div></div>`;
  card.querySelector('h3').textContent = product.names[column];
  card.querySelector('p').textContent = product.texts[column];
  card.querySelector('.price').textContent = product.prices[column];
  const button = card.querySelector('button');
  button.textContent = texts.add;
  button.setAttribute('aria-label', `${texts.add}: ${product.names[column]}`);
  button.addEventListener('click', () => { document.getElementById('basket').textContent = ++inBasket; });
  grid.append(card);
}
for (const [title, text] of texts.promises) {
  const box = document.createElement('div');
  box.append(document.createElement('h3'), document.createElement('p'));
  box.firstChild.textContent = title;
  box.lastChild.textContent = text;
  document.getElementById('promises').append(box);
}

// Who is signed in is the server's to say; the chat believes only what the server signed.
const chat = document.querySelector('hilo-webchat');
const SIGNED_IN = 'aurora-signed-in';

function accountButton(text, testId, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.dataset.testid = testId;
  button.addEventListener('click', () => act().catch(() => sayOfChat(texts.signInFailed)));
  return button;
}

function sayOfChat(text) {
  document.getElementById('chat-state').textContent = text;
}

async function session(method, body) {
  const answer = await fetch('/shop/session', {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`/shop/session: ${answer.status}`);
  await show(await answer.json());
}

async function show({ customers, customer, identity }) {
  document.getElementById('who').textContent = customer ? customer.name : texts.signIn;
  document.getElementById('account-text').textContent =
    customer ? texts.customer(customer.name, customer.id) : texts.noPassword;
  document.getElementById('account-buttons').replaceChildren(...customer
    ? [accountButton(texts.signOut, 'shop-sign-out', () => session('DELETE'))]
    : customers.map(({ id, name }) => accountButton(texts.signInAs(name), `shop-sign-in-${id}`,
      () => session('POST', { customer: id }))));
  sayOfChat('');
  await customElements.whenDefined('hilo-webchat');
  if (identity) {
    localStorage.setItem(SIGNED_IN, customer.id);
    // A refusal is an event.
    await chat.identify(identity).then(() => sayOfChat(texts.chatKnows), () => {});
  } else if (localStorage.getItem(SIGNED_IN)) {
    // Signed out here, or the shop's session has ended: the next one at this browser is somebody else.
    chat.reset();
    localStorage.removeItem(SIGNED_IN);
  }
}

chat.addEventListener('hilo-identity-refused', () => sayOfChat(texts.chatRefused));
session('GET').catch(() => { document.getElementById('who').textContent = texts.signIn; });
