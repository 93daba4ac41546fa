// A booklet of the pages that someone chooses, for those who have scripts. The choice is
// in the address after `#`, which no browser sends; the pages come from this site.

(() => {
  'use strict';
  const tool = find('booklet-tool');
  tool.append(find('booklet-form').content);
  const [file, ask, narrow, status, chosen, list, sample, made, lost, contents, book] = tool.querySelectorAll('[id]');
  file.hidden = location.protocol !== 'file:';
  ask.hidden = !file.hidden;
  if (ask.hidden) return;

  const up = tool.dataset.root,
    root = new URL(up, location.href).href;
  const tell = (name, values) => (status.textContent = put(status.dataset[name], values));
  // “decide/what-is-a-direct-payment” of an address on this site.
  const keyOf = (href) => href.replace(root, '').replace(/[#?].*/, '').replace(/\/(index.html)?$/, '');

  const pages = {};
  let keys = [];
  // Shows the choice, and keeps it in the address.
  const choose = (chose) => {
    keys = chose.filter((key) => pages[key]);
    Object.values(pages).forEach(({box, key}) => (box.checked = keys.includes(key)));
    list.replaceChildren(
      ...keys.map((key) => {
        const row = sample.content.firstElementChild.cloneNode(true);
        row.querySelectorAll('span').forEach((part) => (part.textContent = pages[key].title));
        return row;
      }),
    );
    chosen.hidden = !keys.length;
    keep(keys.length ? `#keep=${keys}` : '');
  };
  const turn = (key, isIn) => {
    choose(isIn ? [...keys, key] : keys.filter((other) => other !== key));
    tell(isIn ? 'in' : 'out', {title: pages[key].title, n: keys.length});
  };
  // Each link becomes a box to tick, with the link beside it.
  find('booklet-paper').querySelectorAll('section li > a').forEach((link) => {
    const title = link.textContent,
      key = keyOf(link.href),
      label = choice({type: 'checkbox'}, title),
      box = label.firstElementChild;
    pages[key] = {key, title, box, link};
    box.onchange = () => turn(key, box.checked);
    label.lang = link.lang;
    link.before(label);
    link.replaceChildren(status.dataset.read, make('span', {className: 'off'}, ` ${title}`));
  });
  narrow.oninput = () => {
    const hit = finder(narrow.value);
    Object.values(pages).forEach(({link, title}) => (link.parentElement.hidden = !hit(fold(title))));
  };
  list.onclick = ({target}) => {
    const what = target.dataset.do;
    if (!what) return;
    let at = [...list.children].indexOf(target.parentElement);
    const key = keys[at];
    if (what === 'out') turn(key);
    else {
      keys.splice(at, 1);
      at = Math.min(Math.max(at + (what === 'up' ? -1 : 1), 0), keys.length);
      keys.splice(at, 0, key);
      choose(keys);
      tell('moved', {title: pages[key].title, n: at + 1});
    }
    const row = list.children[at] || list.lastElementChild;
    (row ? row.querySelector(`[data-do=${what}]`) : narrow).focus();
  };
  const read = () => {
    const given = location.hash.startsWith('#keep=') ? location.hash.slice(6).split(',') : keys;
    choose(given);
    if (keys.length < given.length) tell('gone');
  };

  // One page: its heading, its summary and its text.
  const bind = (html, link, number) => {
    const part = make('section', {id: `b${number}`});
    const page = new DOMParser().parseFromString(
      html.replace(/(<\/?h)([1-5])/g, (_, start, level) => start + ++level),
      'text/html',
    );
    part.lang = page.documentElement.lang;
    part.append(...page.querySelectorAll('.head h2, .summary, .body'));
    part.querySelectorAll('nav, script, form, template, .send, .to-here, [data-unsearched]').forEach((one) => one.remove());
    part.querySelectorAll('*').forEach((one) =>
      [...one.attributes].forEach(({name, value}) => {
        if (/^(id|for|headers|aria-.*(by|ls|ns))$/.test(name)) one.setAttribute(name, value.replace(/\S+/g, `b${number}-$&`));
        if (/^(href|src|poster)$/.test(name)) {
          const {href, hash} = new URL(value, link);
          const to = keys.indexOf(keyOf(href)) + 1;
          one.setAttribute(name, to && name === 'href' ? `#b${to}${hash.replace('#', '-')}` : href.replace(root, up));
        }
      }),
    );
    return part;
  };
  const build = async () => {
    const missing = [], parts = [], first = [];
    const line = (key, href) => make('li', {}, make('a', {href}, pages[key].title));
    tell('wait');
    // Twenty at once.
    for (let from = 0; from < keys.length; from += 20)
      await Promise.all(
        keys.slice(from, from + 20).map(async (key, at) => {
          const {link} = pages[key];
          try {
            const answer = await fetch(link);
            if (!answer.ok) throw 0;
            at += from;
            parts[at] = bind(await answer.text(), link, at + 1);
            first[at] = line(key, `#b${at + 1}`);
          } catch {
            missing.push(line(key, link));
          }
        }),
      );
    lost.hidden = !missing.length;
    lost.lastElementChild.replaceChildren(...missing);
    contents.replaceChildren(...first.filter(Boolean));
    book.replaceChildren(...parts.filter(Boolean));
    made.hidden = false;
    document.body.classList.add('with-booklet');
    tell('made', {n: book.children.length});
    made.firstElementChild.focus();
  };

  tool.onclick = (event) => {
    const {target} = event,
      what = target.dataset.do,
      link = target.closest('[href^="#b"]'),
      place = link && find(link.hash.slice(1));
    if (what === 'make') build();
    if (what === 'print') print();
    if (what === 'copy') copy(location.href).then(() => tell('copied'), () => tell('byHand'));
    // A link inside the booklet leaves the choice in the address.
    if (place) {
      event.preventDefault();
      place.tabIndex = -1;
      place.focus();
    }
  };
  onhashchange = read;
  read();
})();
