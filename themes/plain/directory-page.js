// The filter of the directory, for those who have scripts. The list of services is loaded
// when the filter is first used; what is typed is in the address after `#`, so that the list
// can be sent. Of a postcode only what it begins with is there, and nobody is told where it is.

(() => {
  'use strict';
  const tool = find('filter');
  tool.append(find('filter-form').content);
  const form = tool.querySelector('form'),
    {q, near, cost, open} = form.elements,
    [, , , fault, , , chosen, status, none, results, more, sample] = tool.querySelectorAll('[id]'),
    base = new URL(tool.dataset.entries, location.href);
  const help = find('filter-open'), about = help.textContent;
  // On a phone what was found is not far below.
  const choices = form.querySelector('details');
  choices.open = innerWidth > 700;
  let data, said, within, districts, from, loading, shown, waiting, hit, given;

  // What can be asked, and whether an entry fits it.
  const tests = new Map([
    [q, ({text}) => hit(text)],
    // It sorts, and leaves nothing out.
    [near, () => true],
    [cost, ({f}) => f],
    [open, (entry) => entry.h && opening(entry).isOpen],
  ]);
  const isTyped = (part) => part === q || part === near;
  const isOn = (part) => part === near ? !!from : part === q ? !!q.value.trim() : part.checked;
  const set = (part, to) => (part[isTyped(part) ? 'value' : 'checked'] = to);
  const restore = () =>
    tests.forEach((_, part) => {
      const values = given ? given.getAll(part.name) : [];
      const isGiven = values.some((value) => value.toLowerCase() === part.value.toLowerCase());
      set(part, isTyped(part) ? values.join() : given ? isGiven : part.defaultChecked);
    });

  const load = () =>
    loading ||
    (loading = new Promise((done) => {
      self.entries = (all) => {
        data = all.list;
        ({said, within = []} = all);
        districts = (all.near || [])
          .map(([name, at]) => ({name, at, code: postcode(name)}))
          .sort((one, other) => other.code.length - one.code.length);
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

  // The district of a postcode: the longest that fits, or of half a postcode one within it.
  const districtOf = (typed, code = districts[0] && postcode(typed)) =>
    code && (districts.find((one) => code.startsWith(one.code)) || districts.find((one) => one.code.startsWith(code)));
  // Miles in a straight line to the nearest place of an entry. A degree to the north is 69 of them.
  const milesTo = ({g = []}) =>
    Math.min(...g.map(([north, east]) =>
      69 * Math.hypot(north - from.at[0], (east - from.at[1]) * Math.cos(north * Math.PI / 180))));
  // Both ends are the middle of something, so there is no more to say than this.
  const farWords = (miles, {less, one, many, far} = results.dataset) => {
    const n = Math.round(miles > 10 ? miles / 5 : miles) * (miles > 10 ? 5 : 1);
    return miles < 1 ? less : miles > 20 ? far : n === 1 ? one : put(many, {n});
  };

  // A place, and the wider ones that it is a part of.
  const wider = (at) => (at == null ? [] : [at, ...wider(within[at])]);
  // What covers a chosen place comes first, then each wider place under a line of its own. Beside
  // a postcode the nearest comes first, and what has no place under a line of its own.
  const rows = (found, parts) => {
    const chosen = parts.flatMap(({around}) => (around ? [around] : []));
    const order = [...new Set([...chosen.map(([own]) => own), ...chosen.flat()])];
    const place = ({a}) => Math.max(0, order.findIndex((one) => a.includes(one)) - chosen.length + 1);
    const {also, none} = results.dataset;
    let last = 0;
    return found
      .map((entry) => [from ? milesTo(entry) : chosen[0] ? place(entry) : 0, entry])
      .sort(([one], [other]) => one - other)
      .slice(0, shown)
      .flatMap(([at, entry]) => {
        const isFirst = at > last && (!from || at === Infinity);
        const words = from ? none : put(also, {area: said[order[at + chosen.length - 1]]});
        last = at;
        return [...(isFirst ? [make('li', {className: 'also'}, make('h2', {}, words))] : []), row(entry, at)];
      });
  };
  const row = (entry, miles) => {
    const {n, u = n.toLowerCase().replace(/ /g, '-') + '/', s, o, p, h, m} = entry;
    const item = sample.content.firstElementChild.cloneNode(true);
    const [link, state, far, offer, hours, phone] = item.children;
    link.href = address(new URL(u, base).href);
    link.textContent = n;
    offer.append(...linked(o));
    if (!s) state.remove();
    if (from && miles < Infinity) far.textContent = farWords(miles);
    else far.remove();
    if (h) {
      opening.tell(hours.firstChild, entry);
      if (m) hours.append(make('br'), ...linked(m));
    } else hours.remove();
    if (p) {
      const [number, link = 'tel:' + number.replace(/ /g, '').replace('0', '+44')] = p;
      Object.assign(phone.lastChild, {textContent: number, href: link});
    } else phone.remove();
    return item;
  };
  // Of several places one is enough; a place and a language are both needed.
  const fit = (parts) => {
    const groups = parts.map(({name}) => parts.filter((part) => part.name === name));
    return data.filter((entry) => groups.every((group) => group.some((part) => tests.get(part)(entry))));
  };
  const nameOf = (part) => part === near ? from.name : part === q ? q.value : part.labels[0].textContent.trim();
  const count = ({one, many, some = many}, n, name) => put(n === 1 ? one : shown < n ? some : many, {n, name, shown});

  const update = (wait, how, most = 50) => {
    help.textContent = [about, open.checked && opening.doubt()].filter(Boolean).join(' ');
    hit = finder(q.value, data);
    from = districtOf(near.value);
    // Nobody is interrupted.
    const isWrong = !!near.value.trim() && !from && near !== document.activeElement;
    fault.textContent = isWrong ? fault.dataset.wrong : '';
    if (isWrong) choices.open = true;
    near.setAttribute('aria-invalid', isWrong);
    shown = most;
    const all = [...tests.keys()],
      parts = all.filter(isOn),
      isPlain = all.every((part) => isOn(part) === part.defaultChecked),
      found = isPlain ? [] : fit(parts);
    // No choice ends in nothing. Beside one of its own sort each finds what that one does.
    all.forEach((part) => {
      if (isTyped(part)) return;
      const isAlone = parts.every(({name}) => name !== part.name);
      part.disabled = !!found[0] && isAlone && part !== document.activeElement && !found.some(tests.get(part));
    });
    find('list').hidden = !isPlain;
    chosen.hidden = isPlain;
    none.hidden = isPlain || found.length;
    more.hidden = found.length <= shown;
    results.replaceChildren(...rows(found, parts));
    chosen.firstChild.replaceChildren(
      ...parts.map((part) => {
        const name = nameOf(part);
        const n = none.hidden ? 0 : fit(parts.filter((other) => other !== part)).length;
        const onclick = () => {
          set(part, '');
          update(0, 'pushState');
          goTo(status);
        };
        const text = n ? count(chosen.dataset, n, name) : put(chosen.dataset.drop, {name});
        return make('li', {}, make('button', {type: 'button', onclick}, text));
      }),
    );
    // While somebody types, the number and the address wait.
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = isPlain ? status.dataset.all : count(status.dataset, found.length);
      if (from) status.append(' ', make('span', {className: 'meta'}, put(status.dataset.from, from)));
      // Where something is chosen at first, nothing is a choice too.
      keep(isPlain ? '' : `#${parts[0] ? new URLSearchParams(parts.map((part) => [part.name, part === near ? from.name : part.value])) : 'q='}`, how);
    }, wait);
    return isWrong;
  };

  form.addEventListener('focusin', load);
  form.onclick = load;
  form.oninput = ({target}) => load().then(() => isTyped(target) ? update(300) : update(0, 'pushState'));
  form.onsubmit = form.onreset = (event) => {
    if (event.type === 'submit') event.preventDefault();
    load().then(() => setTimeout(() => update() && near.focus()));
    goTo(status);
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
  given = readAddress('q|near|kind|area|way|language|cost|open', (now) => {
    given = now;
    if (now || loading) show();
  });
  if (given) show();
})();
