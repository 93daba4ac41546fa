// On every page, for those who have scripts, and before all other scripts: what they have
// in common, and what a page offers to copy.
'use strict';

const find = (id) => document.getElementById(id);
const make = (name, values, ...children) => {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
};
const choice = (values, text) => make('label', {className: 'choice'}, make('input', values), text);
// Words as a page gives them to its script, with links in them: see `pieces` in src/model/reach.rs.
const linked = (words = '') =>
  [].concat(words).map((part) => (typeof part === 'string' ? part : make('a', {className: part[1][0] === 't' ? 'phone' : '', href: part[1]}, part[0])));
// The links to phones and mail that a part of the page has, for HTML that a script puts there. What
// stands in a tag, or in a longer word or number, is none.
const linksOf = (part) => {
  const links = new Map([...part.querySelectorAll('[href^=tel], [href^=mailto]')].map((link) => [link.textContent, link.outerHTML]));
  const words = [...links.keys()].sort().reverse().map((text) => text.replace(/\W/g, '\\$&'));
  const all = RegExp(`<[^>]*>|(${words.join('|')})(?!,?\\w)|[£\\w,]+`, 'g');
  return (html) => html.replace(all, (text) => links.get(text) || text);
};
const put = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
// No accents, no capitals, no signs: “Siân’s co-op” is “ sians co op”.
const fold = (text) =>
  (' ' + text).normalize('NFD').toLowerCase().replace(/[\p{M}'’]/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ');
// What the forms of a word begin with: “lunches” and “lunch”, “swimming” and “swim”.
const stem = (word) => {
  for (const [end, least] of [[/([bdgmnprt]?)\1(?:ing|ed)$/, 5], [/(?:ies|([cs]h|ss|x|z)es|s|y)$/, 4]]) {
    const short = word.replace(end, '$1');
    if (short !== word && short.length >= least) return short;
  }
  return word;
};
// Whether one letter more, less, other or swapped makes one word of the other.
const isNear = (a, b) => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [one, other] = [a.slice(at), b.slice(at)];
  return (
    one.slice(1) === other.slice(1) || one === other.slice(1) || one.slice(1) === other ||
    (one[0] === other[1] && one[1] === other[0] && one.slice(2) === other.slice(2))
  );
};
// Has a folded text the beginnings of all these words, in any form? Two may be run together or
// parted, and a word that none of the `items` has may have one slip.
const finder = (typed, items = []) => {
  let words = fold(typed).match(/ [^ ]+/g) || [];
  const has = (word) => items.some(({text}) => text.includes(stem(word)));
  // Those around two words, with others in their place.
  const instead = (at, length, others) => [...words.slice(0, at), ...others, ...words.slice(at + length)];
  const ways = words.slice(1).map((word, at) => instead(at, 2, [words[at] + word.slice(1)]));
  if (items[0])
    words = words.map((word, at) => {
      if (word.length < 5 || has(word)) return word;
      for (let part = 5; part < word.length - 3; part++) {
        const parts = [word.slice(0, part), ' ' + word.slice(part)];
        if (parts.every(has)) ways.push(instead(at, 1, parts));
      }
      if (!items.words) items.words = new Set(items.flatMap(({text}) => text.match(/ [^ ]+/g) || []));
      return [...items.words].find((known) => known.length > 4 && isNear(word, known)) || word;
    });
  const all = [words, ...ways].map((way) => way.map(stem));
  const fits = (text) => all.some((way) => way.every((word) => text.includes(word)));
  if (!items[0] || items.some(({text}) => fits(text))) return fits;
  // Where nothing has all of them, what has the most, without words such as “my” and “in”.
  const told = words.filter((word) => !/^ (.{1,2}|and|are|buy|can|for|get|has|her|him|his|how|not|our|pay|she|the|use|was|who|you|your|have|what|with)$/.test(word)).map(stem);
  const count = (text) => told.filter((word) => text.includes(word)).length;
  const most = Math.max(...items.map(({text}) => count(text)));
  return (text) => most > 0 && count(text) === most;
};
// What has come up is seen from its beginning, also on a small screen.
const goTo = (part) => {
  part.focus({preventScroll: true});
  part.scrollIntoView({block: 'start'});
};
const copyOf = (part) => make('div', {innerHTML: part.outerHTML.replace(/ id="[^"]*"/g, '')});
// A page that is opened from a folder has files for addresses, and may have to keep its own.
const address = (url) => location.protocol === 'file:' ? url.replace(/\/$/, '/index.html') : url;
// What is asked of a tool is in the address after `#`, which no browser sends.
let kept = '';
const keep = (hash, how = 'replaceState') => {
  kept = hash;
  try {
    // Back leads to what was asked before, and never to a heading.
    if (how !== 'replaceState' && !location.hash.includes('=')) history.replaceState(null, '', location.pathname);
    history[how](null, '', location.pathname + hash);
  } catch {}
};
// What the address asks by these names, and again whenever it changes. In an old address
// it is after `?`. A link to a heading asks for nothing: what was asked stays.
const readAddress = (names, change) => {
  const isAsked = (text) => RegExp(`^.(.*&)?(${names})=`, 'i').test(text);
  const read = (text) => {
    kept = isAsked(text) ? text : '';
    return kept && new URLSearchParams([...new URLSearchParams(kept.slice(1))].map(([name, value]) => [name.toLowerCase(), value]));
  };
  const {hash, search} = location;
  const given = read(isAsked(hash) ? hash : search);
  if (isAsked(search)) keep('#' + kept.slice(1));
  onhashchange = () => {
    const {hash} = location;
    if (!hash || isAsked(hash)) change(read(hash));
    else if (kept) keep(kept);
  };
  return given;
};
const copy = async (text) => navigator.clipboard.writeText(text);

// The words of a search box go along after `#` too.
addEventListener('submit', (event) => {
  const {target: form, defaultPrevented} = event;
  if (defaultPrevented || !form.matches('[role=search]')) return;
  event.preventDefault();
  const q = form.querySelector('[type=search]').value.trim();
  location.href = form.action.split(/[?#]/)[0] + (q && '#' + new URLSearchParams({q}));
});

(() => {
  const status = find('send-status');
  if (!status) return;
  const tell = (name) => () => {
    status.textContent = status.dataset[name];
    setTimeout(() => (status.textContent = ''), 9e3);
  };
  document.querySelectorAll('.send template').forEach((part) => part.replaceWith(part.content));
  addEventListener('click', ({target}) => {
    const text = find(target.dataset.copy);
    if (target.className === 'to-here') copy(target.href).then(tell('link'), tell('address'));
    if (text) {
      getSelection().selectAllChildren(text);
      copy(text.textContent).then(tell('copied'), tell('byHand'));
    }
  });
  // In the note of staff: today, and the day to ask again, which is in two weeks at first.
  const day = find('follow-day');
  if (!day) return;
  const note = find('follow-text'),
    text = note.textContent;
  day.oninput = () => {
    let date = new Date();
    note.textContent = text.replace(/_{5,}/g, (blank) => {
      const words = +date ? date.toLocaleDateString(day.dataset.locale, {dateStyle: 'long'}) : blank;
      date = new Date(day.value + 'T12:00');
      return words;
    });
  };
  day.valueAsDate = new Date(Date.now() + 121e7);
  day.oninput();
})();
