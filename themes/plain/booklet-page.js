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

  const root = new URL('../', location.href).href,
    pages = {};
  let keys = [];
  const tell = (name, values) => (status.textContent = put(status.dataset[name], values));
  // “decide/what-is-a-direct-payment” of an address on this site.
  const keyOf = (href) => href.replace(root, '').replace(/[#?].*/, '').replace(/\/(index.html)?$/, '');

  // Shows the choice, and keeps it in the address.
  const choose = (chose) => {
    keys = chose.filter((key) => pages[key]);
    Object.values(pages).forEach(({box, key}) => (box.checked = keys.includes(key)));
    list.replaceChildren(
      ...keys.map((key) => {
        const row = sample.content.firstChild.cloneNode(true);
        row.querySelectorAll('span').forEach((part) => (part.textContent = pages[key].title));
        return row;
      }),
    );
    chosen.hidden = !keys[0];
    // What was made of another choice is not what is chosen now.
    made.hidden = true;
    document.body.classList.remove('with-booklet');
    keep(keys[0] ? `#keep=${keys}` : '');
  };
  const turn = (key, isIn) => {
    choose(isIn ? [...keys, key] : keys.filter((other) => other !== key));
    tell(isIn ? 'in' : 'out', {title: pages[key].title, n: keys.length});
  };
  // Each link becomes a box to tick, with the link beside it.
  document.querySelectorAll('#booklet-paper details li > a').forEach((link) => {
    const title = link.textContent,
      key = keyOf(link.href),
      label = choice({type: 'checkbox'}, title),
      box = label.firstChild;
    pages[key] = {key, title, box, link};
    box.onchange = () => turn(key, box.checked);
    link.before(label);
    link.replaceChildren(status.dataset.read, make('span', {className: 'off'}, ' ', title));
  });
  narrow.oninput = () => {
    const hit = finder(narrow.value);
    let n = 0;
    Object.values(pages).forEach(({link, title}) => (n += !(link.parentElement.hidden = !hit(fold(title)))));
    document.querySelectorAll('#booklet-paper details').forEach((group) => (group.open = !!narrow.value.trim()));
    tell('found', {n});
  };
  list.onclick = ({target}) => {
    const what = target.dataset.do;
    if (!what) return;
    let at = [...list.children].indexOf(target.parentElement);
    const key = keys[at];
    if (what === 'out') turn(key);
    else {
      keys.splice(at, 1);
      at = Math.max(at + (what === 'up' ? -1 : 1), 0);
      keys.splice(at, 0, key);
      choose(keys);
      tell('moved', {title: pages[key].title, n: keys.indexOf(key) + 1});
    }
    const row = list.children[at] || list.lastChild;
    (row ? row.querySelector(`[data-do=${what}]`) : narrow).focus();
  };
  const read = () => {
    const [, given] = location.hash.split('#keep=');
    const chose = given ? given.split(',') : keys;
    choose(chose);
    if (keys.length < chose.length) tell('gone');
  };

  // One page: its heading, its summary and its text.
  const bind = (html, link, number) => {
    const part = make('section', {id: `b${number}`});
    const page = new DOMParser().parseFromString(
      // Each heading a level lower, and none below the sixth.
      html.replace(/(<\/?h)([1-5])/g, (_, start, level) => start + ++level),
      'text/html',
    );
    part.lang = page.documentElement.lang;
    part.append(...page.querySelectorAll('.head h2, .summary, .body'));
    part.querySelectorAll('nav, script, form, template, picture source, [data-unsearched]').forEach((one) => one.remove());
    part.querySelectorAll('*').forEach((one) =>
      [...one.attributes].forEach(({name, value}) => {
        if (/^(id|for|headers|aria-.*(by|ls|ns))$/.test(name)) one.setAttribute(name, value.replace(/\S+/g, `b${number}-$&`));
        if (/^(href|src|poster)$/.test(name)) {
          const {href, hash} = new URL(value, link);
          const to = keys.indexOf(keyOf(href)) + 1;
          one.setAttribute(name, to && name === 'href' ? `#b${to}${hash.replace('#', '-')}` : href.replace(root, '../'));
        }
      }),
    );
    return part;
  };
  const build = async () => {
    const line = (key, href) => make('li', {}, make('a', {href}, pages[key].title)),
      missing = [];
    let parts = [];
    tell('wait');
    // Twenty at once.
    for (let from = 0; from < keys.length; from += 20)
      await Promise.all(
        keys.slice(from, from + 20).map(async (key, at) => {
          const {link} = pages[key];
          try {
            const answer = await fetch(link);
            if (!answer.ok) throw 0;
            parts[from + at] = bind(await answer.text(), link, from + at + 1);
          } catch {
            missing.push(line(key, link));
          }
        }),
      );
    parts = parts.filter(Boolean);
    lost.hidden = !missing[0];
    lost.lastChild.replaceChildren(...missing);
    contents.replaceChildren(...parts.map(({id}) => line(keys[id.slice(1) - 1], `#${id}`)));
    book.replaceChildren(...parts);
    made.hidden = false;
    document.body.classList.add('with-booklet');
    tell('made', {n: parts.length});
    made.firstChild.focus();
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
