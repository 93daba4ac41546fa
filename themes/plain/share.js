// On every page, for those who have scripts, and before all other scripts: what they have
// in common, and what a page offers to copy.
'use strict';

const find = (id) => document.getElementById(id);
const make = (name, values, ...children) => {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
};
const choice = (values, ...text) =>
  make('label', {className: 'choice'}, make('input', {autocomplete: 'off', ...values}), make('span', {}, ...text));
const put = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
// No accents, no capitals, no signs: “Siân’s co-op” is “ sians co op”.
const fold = (text) =>
  ` ${text.normalize('NFD').replace(/[\u0300-\u036f'’]/g, '')}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
// Has a folded text the beginnings of all these words?
const finder = (typed) => {
  const words = fold(typed).split(/(?= )/);
  return (text) => words.every((word) => text.includes(word));
};
const complain = (error, words) => {
  error.textContent = words;
  error.hidden = !words;
  error.parentElement.classList.toggle('wrong', words);
};
const copyOf = (part) => {
  const copy = make('div', {}, part.cloneNode(true));
  copy.querySelectorAll('[id]').forEach((one) => one.removeAttribute('id'));
  return copy;
};
// A page that is opened from a folder has files for addresses, and may have to keep its own.
const address = (url) => (location.protocol === 'file:' ? url.replace(/\/$/, '/index.html') : url);
const keep = (query, isNew) => {
  try {
    history[isNew ? 'pushState' : 'replaceState'](null, '', location.pathname + query);
  } catch {}
};
const copy = async (text) => navigator.clipboard.writeText(text);

(() => {
  const status = find('send-status');
  if (!status) return;
  const say = status.dataset;
  const tell = (words) => () => (status.textContent = words);
  document.querySelectorAll('.send template').forEach((part) => part.replaceWith(part.content));
  addEventListener('click', ({target}) => {
    const text = find(target.dataset.copy),
      link = target.closest('.to-here');
    if (text) {
      getSelection().selectAllChildren(text);
      copy(text.textContent).then(tell(say.copied), tell(say.byHand));
    }
    if (link) copy(link.href).then(tell(say.link), tell(say.address));
  });
  // The day to ask again, for staff.
  const day = find('follow-day');
  if (!day) return;
  const text = find('follow-text'),
    words = text.textContent,
    blank = /_{5,}/,
    today = new Date();
  const inWords = (date) => date && date.toLocaleDateString(document.documentElement.lang + '-GB', {dateStyle: 'long'});
  day.oninput = () =>
    (text.textContent = words.replace(blank, inWords(today)).replace(blank, inWords(day.valueAsDate) || '…'));
  day.valueAsDate = new Date(+today + day.dataset.days * 864e5);
  day.oninput();
})();
