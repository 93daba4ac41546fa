// The filter of the directory, for those who have scripts. The list of services is loaded
// when the filter is first used; nothing typed here leaves the device.

(() => {
  'use strict';
  const tool = find('filter');
  tool.append(find('filter-form').content);
  const form = tool.querySelector('form'),
    {q, cost, open} = form.elements,
    [chosen, status, none, results, more, sample] = 'chosen status none results more row'
      .split(' ')
      .map((name) => find(`filter-${name}`));
  const base = new URL(tool.dataset.entries, location.href);
  const isAsked = /\?$|[?&](q|kind|area|way|language|cost|open)=/.test(location.href);
  let data, loading, plain, shown, waiting, hit, day, minute;

  // What can be asked, and whether an entry fits it.
  const tests = new Map([
    [q, ({text}) => hit(text)],
    [cost, ({f}) => f],
    [open, ({h = []}) =>
      h.some(([days, from, to]) =>
        (days >> day & 1 && from <= minute && minute < to) ||
        // Still open since yesterday.
        (days >> (day + 6) % 7 & 1 && minute + 1440 < to)
      )],
  ]);
  const asked = () => [...tests.keys()].filter((part) => (part === q ? q.value.trim() : part.checked));
  const query = (parts = asked()) => `?${new URLSearchParams(parts.map(({name, value}) => [name, value]))}`;
  const restore = () => {
    const before = new URLSearchParams(location.search);
    tests.forEach((_, part) => {
      if (part === q) q.value = before.get('q') || '';
      else part.checked = before.getAll(part.name).includes(part.value);
    });
  };

  const load = () =>
    loading ||
    (loading = new Promise((done) => {
      self.entries = (given) => {
        data = given.list;
        data.forEach((entry) => (entry.text = fold([entry.n, entry.o, entry.x].join(' '))));
        form.querySelectorAll('[data-list]').forEach((group) => {
          const {list, first, name} = group.dataset;
          given[list].forEach((one, at) => {
            const [value, label = value] = [].concat(one);
            const part = choice({type: 'checkbox', name, value, checked: value === tool.dataset[first]}, label);
            group.append(part);
            tests.set(part.firstChild, (entry) => (entry[list[0]] || []).includes(at));
          });
        });
        plain = query(asked().filter((part) => part.closest('[data-list]')));
        if (isAsked) restore();
        // Once to warm up, so that the first letter is answered at once.
        hit = finder('');
        fit([q]).slice(0, 50).map(row);
        done();
      };
      const onerror = () => {
        loading = 0;
        status.textContent = status.dataset.broken;
      };
      document.head.append(make('script', {src: base, onerror}));
    }));

  const row = ({u, n, s, o, p}) => {
    const item = sample.content.firstElementChild.cloneNode(true);
    const [link, state, offer, phone] = item.children;
    link.href = address(new URL(u, base).href);
    link.textContent = n;
    state.textContent = s;
    offer.textContent = o;
    if (!s) state.remove();
    if (p) [phone.lastChild.textContent, phone.lastChild.href] = p;
    else phone.remove();
    return item;
  };
  // Of several places one is enough; a place and a language are both needed.
  const fit = (parts) => {
    const groups = [...new Set(parts.map(({name}) => name))].map((name) => parts.filter((part) => part.name === name));
    return data.filter((entry) => groups.every((group) => group.some((part) => tests.get(part)(entry))));
  };
  const count = ({one, many, some = many}, n, name) => put(n === 1 ? one : shown < n ? some : many, {n, name, shown});

  const update = (wait, most = 50, isNew) => {
    // The time in this country, whatever the device shows.
    if (open.checked) {
      const [date, month, year, hours, minutes] = new Date().toLocaleString('en-GB', {timeZone: 'Europe/London'}).match(/\d+/g);
      day = (new Date(year, month - 1, date).getDay() + 6) % 7;
      minute = hours * 60 + +minutes;
    }
    hit = finder(q.value);
    shown = most;
    const parts = asked(),
      isPlain = query() === plain,
      found = isPlain ? [] : fit(parts);
    find('list').hidden = !isPlain;
    chosen.hidden = isPlain;
    none.hidden = isPlain || found.length;
    more.hidden = found.length <= shown;
    results.replaceChildren(...found.slice(0, shown).map(row));
    chosen.firstElementChild.replaceChildren(
      ...parts.map((part) => {
        const name = part === q ? q.value : part.labels[0].textContent.trim();
        const n = none.hidden ? 0 : fit(parts.filter((other) => other !== part)).length;
        const onclick = () => {
          part === q ? (q.value = '') : (part.checked = false);
          update(0, 50, true);
          status.focus();
        };
        const text = n ? count(chosen.dataset, n, name) : put(chosen.dataset.drop, {name});
        return make('li', {}, make('button', {type: 'button', onclick}, text));
      }),
    );
    // While somebody types, the number and the address wait.
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = isPlain ? status.dataset.all : count(status.dataset, found.length);
      keep(isPlain ? '' : query(), isNew);
    }, wait);
  };

  form.addEventListener('focusin', load);
  form.oninput = ({target}) => load().then(() => update(target === q && 300, 50, target !== q));
  // Back takes off what was ticked last.
  addEventListener('popstate', () => load().then(() => (restore(), update())));
  form.onsubmit = form.onreset = (event) => {
    if (event.type === 'submit') event.preventDefault();
    load().then(() => setTimeout(update));
    status.focus();
  };
  more.onclick = () => {
    const from = shown;
    update(0, from + 50);
    results.children[from].firstElementChild.focus();
  };
  if (isAsked) load().then(() => update());
})();
