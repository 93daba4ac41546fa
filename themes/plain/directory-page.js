// The filter of the directory, for those who have scripts. The list of services is loaded
// when the filter is first used; what is typed is in the address after `#`, so that the list
// can be sent.

(() => {
  'use strict';
  const tool = find('filter');
  tool.append(find('filter-form').content);
  const form = tool.querySelector('form'),
    {q, cost, open} = form.elements,
    [, , , chosen, status, none, results, more, sample] = tool.querySelectorAll('[id]'),
    base = new URL(tool.dataset.entries, location.href);
  let data, areas, within, loading, shown, waiting, hit, day, minute, today, given;

  // What can be asked, and whether an entry fits it.
  const tests = new Map([
    [q, ({text}) => hit(text)],
    [cost, ({f}) => f],
    // Open since today, or still open since yesterday.
    [open, ({h = [], d = []}) =>
      !d.some(([from, to]) => from <= today && today <= to) &&
      h.some(([days, from, to]) =>
        [minute, minute + 1440].some((now, back) => days >> (day - back) % 7 & 1 && from <= now && now < to))],
  ]);
  const isOn = (part) => part === q ? !!q.value.trim() : part.checked;
  const set = (part, to) => (part[part === q ? 'value' : 'checked'] = to);
  const restore = () =>
    tests.forEach((_, part) => {
      const values = given ? given.getAll(part.name) : [];
      const isGiven = values.some((value) => value.toLowerCase() === part.value.toLowerCase());
      set(part, part === q ? values.join() : given ? isGiven : part.defaultChecked);
    });

  const load = () =>
    loading ||
    (loading = new Promise((done) => {
      self.entries = (all) => {
        data = all.list;
        ({areas, within = []} = all);
        data.forEach((entry) => {
          const kinds = (entry.c || []).map((at) => all.categories[at][1]);
          entry.text = fold([entry.n, entry.o, entry.x, ...kinds].join(' '));
        });
        form.querySelectorAll('[data-list]').forEach((group) => {
          const {list, first, name} = group.dataset;
          all[list].forEach((one, at) => {
            const [value, label = value] = [].concat(one);
            const part = choice({type: 'checkbox', name, value, defaultChecked: value === tool.dataset[first]}, label);
            group.append(part);
            const [own, ...others] = list === 'areas' ? (part.firstChild.around = wider(at)) : [at];
            tests.set(part.firstChild, ({[list[0]]: all = []}) => all.includes(own) || others.some((one) => all.includes(one)));
          });
        });
        if (given) restore();
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

  // A place, and the wider ones that it is a part of.
  const wider = (at) => (at == null ? [] : [at, ...wider(within[at])]);
  // What covers a chosen place comes first, then each wider place under a line of its own.
  const rows = (found, parts) => {
    const chosen = parts.flatMap(({around}) => (around ? [around] : []));
    if (!chosen[0]) return found.slice(0, shown).map(row);
    const order = [...new Set([...chosen.map(([own]) => own), ...chosen.flat()])];
    const place = ({a}) => Math.max(0, order.findIndex((one) => a.includes(one)) - chosen.length + 1);
    let last = 0;
    return found
      .map((entry) => [place(entry), entry])
      .sort(([one], [other]) => one - other)
      .slice(0, shown)
      .flatMap(([at, entry]) => {
        const area = areas[order[at + chosen.length - 1]];
        const line = at > last ? [make('li', {className: 'also'}, make('h2', {}, put(results.dataset.also, {area})))] : [];
        last = at;
        return [...line, row(entry)];
      });
  };
  const row = ({u, n, s, o, p}) => {
    const item = sample.content.firstElementChild.cloneNode(true);
    const [link, state, offer, phone] = item.children;
    link.href = address(new URL(u, base).href);
    link.textContent = n;
    offer.append(...linked(o));
    if (!s) state.remove();
    if (p) [phone.lastChild.textContent, phone.lastChild.href] = p;
    else phone.remove();
    return item;
  };
  // Of several places one is enough; a place and a language are both needed.
  const fit = (parts) => {
    const groups = parts.map(({name}) => parts.filter((part) => part.name === name));
    return data.filter((entry) => groups.every((group) => group.some((part) => tests.get(part)(entry))));
  };
  const count = ({one, many, some = many}, n, name) => put(n === 1 ? one : shown < n ? some : many, {n, name, shown});

  const update = (wait, how, most = 50) => {
    if (open.checked) {
      // The time in this country, whatever the device shows.
      const here = new Date().toLocaleString('sv', {timeZone: 'Europe/London'});
      const now = new Date(here.replace(' ', 'T'));
      today = here.slice(0, 10);
      day = now.getDay() + 6;
      minute = now.getHours() * 60 + now.getMinutes();
    }
    hit = finder(q.value, data);
    shown = most;
    const all = [...tests.keys()],
      parts = all.filter(isOn),
      isPlain = all.every((part) => isOn(part) === part.defaultChecked),
      found = isPlain ? [] : fit(parts);
    find('list').hidden = !isPlain;
    chosen.hidden = isPlain;
    none.hidden = isPlain || found.length;
    more.hidden = found.length <= shown;
    results.replaceChildren(...rows(found, parts));
    chosen.firstChild.replaceChildren(
      ...parts.map((part) => {
        const name = part === q ? q.value : part.labels[0].textContent.trim();
        const n = none.hidden ? 0 : fit(parts.filter((other) => other !== part)).length;
        const onclick = () => {
          set(part, '');
          update(0, 'pushState');
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
      // Where something is chosen at first, nothing is a choice too.
      keep(isPlain ? '' : `#${parts[0] ? new URLSearchParams(parts.map(({name, value}) => [name, value])) : 'q='}`, how);
    }, wait);
  };

  form.addEventListener('focusin', load);
  form.onclick = load;
  form.oninput = ({target}) => load().then(() => target === q ? update(300) : update(0, 'pushState'));
  form.onsubmit = form.onreset = (event) => {
    if (event.type === 'submit') event.preventDefault();
    load().then(() => setTimeout(update));
    status.focus();
  };
  more.onclick = () => {
    const from = shown;
    update(0, undefined, from + 50);
    results.querySelectorAll('li:not(.also)')[from].firstChild.focus();
  };
  const show = () => load().then(() => (restore(), update()));
  // Back takes off what was ticked last.
  // An old address without any choice.
  if (/\?$/.test(location.href)) keep('#q=');
  given = readAddress('q|kind|area|way|language|cost|open', (now) => {
    given = now;
    if (now || loading) show();
  });
  if (given) show();
})();
