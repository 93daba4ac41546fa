// Questions that lead to an answer, and checklists that count, for those who have scripts.
// Answers stay in this page: nothing is sent and nothing is kept.

(() => {
  'use strict';
  // Checklists: how many are ticked, and what that means.
  document.querySelectorAll('.tally').forEach((tally) => {
    const all = tally.querySelectorAll('li');
    all.forEach((item) => {
      item.firstChild.remove();
      item.append(choice({type: 'checkbox', autocomplete: 'off'}, make('span', {}, ...item.childNodes)));
    });
    tally.append(tally.querySelector('template').content);
    tally.onchange = () => {
      const n = tally.querySelectorAll(':checked').length;
      const rule = tally.querySelectorAll('.rule')[+(n < tally.dataset.atLeast)];
      tally.lastChild.replaceChildren(put(tally.dataset.say, {n, all: all.length}), ' ', ...rule.cloneNode(true).childNodes);
    };
  });

  const data = find('flow-data'),
    here = find('flow-here'),
    note = find('flow-private');
  if (note) note.textContent = note.dataset.private;
  // The page of one question or outcome leads to the page of the flow, and the answers go along
  // after `#`, which no browser sends: no request says what was answered.
  if (note) {
    const home = data ? '' : address('../');
    document.querySelectorAll('[data-trail]').forEach((link) => {
      link.href = `${home}#${link.dataset.trail}`;
    });
    if (!data && location.hash.includes('=')) location.replace(home + location.hash);
  }
  if (!data) return;
  const {start, questions, say, device} = JSON.parse(data.textContent);
  let at;

  // What is sent of an answer: its words and its page, with no word of what was asked.
  const sent = find('send-text'),
    mail = document.querySelector('.send a'),
    flow = sent && {text: sent.textContent, mail: mail.href};
  const offer = (end) => {
    if (!flow) return;
    const lines = flow.text.split('\n'),
      place = lines.findIndex((line) => /^https?:/.test(line)),
      [title, said] = end ? end.querySelectorAll('h2, p:not(.box-label)') : [];
    if (end)
      lines.splice(0, place + 1, title.textContent, ...(said ? [said.textContent] : []),
        document.querySelector('[rel=canonical]').href + (device ? `print/#outcome-${at}` : `${at}/`));
    sent.textContent = lines.join('\n');
    mail.href = end ? `mailto:?subject=${encodeURIComponent(lines[0])}&body=${encodeURIComponent(lines.join('\r\n'))}` : flow.mail;
  };

  // Whom to ask stands beside the questions. An answer that says so itself has it once.
  const beside = find('to-ask'),
    side = beside?.parentElement;
  const ask = (shown) => {
    const card = [...shown.querySelectorAll('.contact')].find((card) => card.isEqualNode(beside?.lastElementChild));
    if (card) {
      beside.remove();
      card.id = beside.id;
    } else side?.prepend(beside);
  };

  // One answer after another, on this page, as the address says after `#`. What does not fit
  // is dropped.
  const follow = () => {
    const given = new URLSearchParams(location.hash.slice(1)),
      from = given.get('from'),
      begun = Object.hasOwn(questions, from),
      back = find('flow-back'),
      part = find('flow-answers');
    let trail = begun ? `from=${from}&` : '', rows = [], before, answer, key;
    for (at = begun ? from : start; (key = given.get(at), answer = key && questions[at]?.answers[+key]); at = answer.to) {
      const asked = make('dt', {}, ...linked(questions[at].ask));
      const link = make('a', {className: 'off-paper', href: (before = '#' + trail)}, say.change, make('span', {className: 'off'}, ': ', asked.textContent));
      rows.push(make('div', {}, asked, make('dd', {}, ...linked(answer.text), ' ', link)));
      trail += `${at}=${+key}&`;
    }
    const question = questions[at], n = rows.length + 1;
    part.hidden = back.hidden = !rows[0];
    if (before) back.firstChild.href = before;
    find('flow-again').hidden = !rows[0] && !begun;
    part.lastElementChild.replaceChildren(...rows);
    const end = !question && find('flow-ends').content.querySelector(`#outcome-${at}`);
    offer(end);
    here.replaceChildren(...(question
      ? [
          make('p', {className: 'meta'}, begun ? '' : put(say.step, {n, all: rows.length + question.left})),
          make('h2', {}, ...linked(question.ask)),
          make('p', {className: 'meta'}, ...linked(question.help)),
          make('ul', {className: 'choices'}, ...question.answers.map(({text}, index) =>
            make('li', {}, make('a', {href: `#${trail}${at}=${index}`}, ...linked(text))))),
        ].filter((part) => part.textContent)
      : copyOf(end).childNodes));
    ask(here);
    return here.querySelector('h2');
  };
  if (!device) {
    const moved = () => {
      // The way to the main text is no answer.
      if (location.hash && !location.hash.includes('=') && location.hash !== '#') return;
      const heading = follow();
      heading.tabIndex = -1;
      goTo(heading);
    };
    onhashchange = moved;
    return location.hash.includes('=') ? moved() : follow();
  }

  // One question at a time, on this page.
  const paper = find('flow-paper'),
    tool = find('flow-tool');
  tool.append(find('flow-form').content);
  const form = tool.firstChild,
    [title, help, error, fields, outcome, buttons] = tool.querySelectorAll('[id]');
  // An address that leads to one of the texts shows them all.
  paper.hidden = !paper.contains(find(location.hash.slice(1)));
  let values = {}, step;

  // A day that its month does not have is the first of the next.
  const date = ([d, m, y], {months = 0, days = 0}) =>
    Math.min(Date.UTC(y, m - 1 + months, d), Date.UTC(y, +m + months, 1)) + days * 864e5;
  // Which answers fit what was given.
  const several = (given) => (_, index) => given.includes(`${index}`);
  const fits = {
    choice: several,
    several,
    number: ([text]) => {
      // Of weeks, “8 weeks” is a number, and “£250” is none.
      const {unit} = questions[at],
        bare = unit ? text.replace(/[\s\p{L}]+$/u, '') : text.replace(/£/g, '');
      const number = /^\d+(\.\d+)?$/.exec(bare.replace(/\s|,(?=\d{3}\b)/g, ''));
      return ({atLeast = 0, moreThan = -1}) => number && number[0] >= atLeast && number[0] > moreThan;
    },
    date: (given) => {
      const now = new Date(),
        day = new Date(date(given, {}));
      const isDay = /^\d{4}$/.test(given[2]) && day.getUTCDate() == given[0] && day.getUTCMonth() == given[1] - 1;
      // Where the question is how long ago it was, a day to come is no answer.
      const isPast = !questions[at].answers.some((answer) => answer.olderThan) || day <= now;
      return ({olderThan, before = '9999'}) =>
        isDay && isPast && (olderThan ? date(given, olderThan) <= Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) : day < Date.parse(before));
    },
    postcode: ([text]) => {
      const code = postcode(text);
      return ({starts = ['']}) => isWhole(code) && starts.some((key) => code.startsWith(key));
    },
  };
  const decide = (given) => questions[at].answers.find(fits[questions[at].type](given));

  const inputs = () => [...fields.querySelectorAll('input')];
  const mark = (words) => {
    error.textContent = words;
    inputs().forEach((input) => input.setAttribute('aria-invalid', !!words));
  };
  // Goes as far as the answers lead; a page that was loaded again has none.
  const show = (to) => {
    at = start;
    for (step = 0; step < to && values[at]; step++) at = decide(values[at]).to;
    const question = questions[at],
      given = values[at] || [];
    form.hidden = !question;
    buttons.hidden = !step;
    outcome.replaceChildren();
    const end = !question && find(`outcome-${at}`);
    offer(end);
    if (end) outcome.append(copyOf(end));
    ask(outcome);
    if (end) {
      const heading = outcome.querySelector('h2');
      heading.tabIndex = -1;
      return heading;
    }
    const typed = form.querySelector(`[data-type=${question.type}]`);
    title.replaceChildren(...linked(question.ask));
    help.replaceChildren(...linked(question.help));
    fields.replaceChildren(
      ...(typed
        ? [typed.content.cloneNode(true)]
        : question.answers.map(({text, none}, value) =>
            choice({type: question.type === 'choice' ? 'radio' : 'checkbox', name: 'flow', value, none}, make('span', {}, ...linked(text))))),
    );
    if (question.unit) fields.querySelector('span').textContent += ` (${question.unit})`;
    inputs().forEach((input, index) => {
      if (typed) input.value = given[index] || '';
      else input.checked = given.includes(input.value);
    });
    mark('');
    return title;
  };
  const go = (to) => {
    history.pushState({step: to}, '');
    goTo(show(to));
  };

  form.onsubmit = (event) => {
    event.preventDefault();
    const given = inputs().filter(({type, checked}) => type === 'text' || checked).map(({value}) => value.trim());
    if (decide(given)) {
      values[at] = given;
      return go(step + 1);
    }
    const {type, unit} = questions[at];
    mark(unit ? put(form.dataset.unit, {unit}) : form.dataset[type]);
    inputs()[0].focus();
  };
  // “None of these” and the others cannot both be true.
  form.onchange = ({target}) => {
    if (target.type === 'checkbox')
      inputs().forEach((input) => {
        if (target.checked && !input.none !== !target.none) input.checked = false;
      });
  };
  buttons.firstChild.onclick = () => history.back();
  buttons.lastChild.onclick = () => {
    values = {};
    go(0);
  };
  onpopstate = ({state}) => state && goTo(show(state.step));
  history.replaceState({step: 0}, '');
  show(0);
})();
