// The page of a letter: asks for what belongs in the blanks, shows the letter as it
// is written, and hands it over. Everything stays on this device: nothing is sent and
// nothing is kept. `letter` stands above this in the file.

(() => {
  const template = JSON.parse(find('letter-data').textContent);
  const {fields, formats, says} = template;
  const {read, rules, fill, length, write, save, inWords, plainName, escape} = letter(template);
  const sheet = find('letter-sheet');
  const say = (name, values) => put(says[name] || '', values);

  // The form comes before the letter; beside it where there is room.
  const made = find('the-letter');
  made.before(find('letter-form').content);
  const tool = document.querySelector('.letter-tool');
  find('letter-made').append(made, find('letter-actions').content);
  document.body.classList.add('with-form');
  const ask = tool.querySelector('form'),
    problems = find('letter-problems'),
    status = find('letter-status');
  const tell = (...what) => (status.textContent = say(...what));
  const boxes = fields.map((_, at) => tool.querySelector(`[data-field="${at}"]`));
  const inputs = boxes.map((box) => [...box.querySelectorAll('input,textarea')]);

  const typed = (at) =>
    inputs[at].find((input) => input.type !== 'radio' || input.checked)?.value || '';
  const enter = (at, value) =>
    inputs[at].forEach((input) => {
      if (input.type === 'radio') input.checked = input.value === value;
      else input.value = value;
    });
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
  const dated = fields.findIndex((field) => field.today);
  const clearing = tool.querySelector('[data-do=clear]');
  let touched,
    undo;

  const first = (at) => (at === dated ? inWords(today) : '');
  const empty = () => fields.forEach((_, at) => enter(at, first(at)));
  // Where there is nothing to clear, nothing offers it. What has the focus stays.
  const offer = () => {
    const isEmpty = fields.every((_, at) => typed(at) === first(at));
    clearing.hidden = isEmpty && !undo && document.activeElement !== clearing;
  };

  // For a day that its month does not have: the month, and how many days it has.
  const days = (at) => {
    const on = (day) => read(fields[at], typed(at).replace(/(29|3[01])(?!\d)/, day)).answer;
    const n = [30, 29, 28].find(on);
    return n && {n, month: on(n).slice(3)};
  };
  // What is wrong with the answers: [[field, words]].
  const look = () => {
    const reads = fields.map((field, at) => read(field, typed(at)));
    const faults = [];
    reads.forEach(({fault}, at) => {
      const {label, type} = fields[at];
      const had = fault === 'not' && type === 'date' && days(at);
      const words = had ? 'days' : fault === 'not' ? type.replace(/ /g, '_') : fault;
      if (fault) faults.push([at, say(words, {label, ...had})]);
    });
    const answers = reads.map(({answer}) => answer);
    rules(answers, today).forEach(([at, rule, other]) => {
      faults.push([
        at,
        say(rule, {label: fields[at].label, other: fields[other]?.label || other}),
      ]);
    });
    return {answers, faults: faults.sort((a, b) => a[0] - b[0])};
  };

  // The letter as it stands: what is not answered, or not rightly, is a blank.
  const lines = (answers, isDone) =>
    fill(
      answers.map((answer, at) =>
        answer || (isDone && !fields[at].required ? '' : undefined),
      ),
    );
  // The pictures are those of the page: nothing is fetched again.
  const pictures = {};
  const images = sheet.querySelectorAll('img');
  template.blocks
    .filter((block) => block.picture !== undefined)
    .forEach(({picture}, at) => (pictures[picture + 1] = images[at].src));
  // So are its links to phones and mail.
  const withLinks = linksOf(sheet);
  // A message of plain text, as it is sent. Its subject stands apart.
  const isSubject = ({style}) => style === 'subject';
  const message = (lines) => write(formats.txt.marks, lines).replace(/\n+$/, '');
  const subject = (lines) =>
    message(lines.filter(isSubject).map((line) => ({...line, style: 'text'})));
  const body = (lines) => message(lines.filter((line) => !isSubject(line)));
  // How long a text message is, with the example where an answer must still come. What makes
  // it longer is said aloud, once; each character is not.
  const measure = (answers) => {
    const all = answers.map(
      (answer, at) =>
        answer || (fields[at].required ? read(fields[at], fields[at].example || '').answer : ''),
    );
    const {characters, parts, odd, one} = length(message(fill(all)));
    const instead = new Map(template.sms.instead);
    const words = odd
      .slice(0, 3)
      .map((c) => say(instead.has(c) ? 'instead' : 'odd', {c, instead: instead.get(c)}));
    if (parts > 1) words.unshift(say('parts', {parts}));
    find('letter-length').textContent = say('length', {n: characters, one});
    const aloud = find('letter-parts');
    const now = words.join(' ');
    if (aloud.textContent !== now) aloud.textContent = now;
  };
  // Only what has changed is put in, so that a slow phone keeps up.
  const show = (all) => {
    const {answers} = look();
    offer();
    if (template.sms) measure(answers);
    all = all || lines(answers);
    const {children} = make('template', {
      innerHTML: withLinks(write(template.sheet, all)).replace(
        /(<img src=")(\d+)/g,
        (_, start, number) => start + pictures[number],
      ),
    }).content;
    while (sheet.children[children.length]) sheet.lastChild.remove();
    [...children].forEach((line, at) => {
      const old = sheet.children[at];
      if (!old) sheet.append(line);
      else if (!old.isEqualNode(line)) old.replaceWith(line);
    });
  };

  const complain = (faults) => {
    const wrong = new Map(faults);
    boxes.forEach((box, at) => {
      const isWrong = wrong.has(at);
      const error = find(`field-${at}-error`);
      error.textContent = wrong.get(at);
      error.hidden = !isWrong;
      box.classList.toggle('wrong', isWrong);
      const [first] = inputs[at];
      (first.type === 'radio' ? box : first).setAttribute('aria-invalid', isWrong);
    });
    problems.hidden = !faults.length;
    problems.querySelector('ul').innerHTML = faults
      .map(([at, words]) => `<li><a href="#field-${at}">${escape(words)}</a></li>`)
      .join('');
  };

  // Words with their headings for a document, and plain ones for an email. What is
  // selected is what can be copied by hand.
  const copy = (answers, what) => {
    show(answers);
    const about = sheet.querySelector('.subject');
    const isSubject = what === 'subject';
    getSelection().selectAllChildren(isSubject ? about : sheet);
    if (about && !isSubject) getSelection().setBaseAndExtent(about.nextSibling, 0, sheet, sheet.childNodes.length);
    const fill = (event) => {
      const {txt, html} = formats;
      const plain = isSubject ? subject : body;
      event.clipboardData.setData(
        'text/plain',
        html ? write(txt.marks, answers) : plain(answers),
      );
      if (html) event.clipboardData.setData('text/html', write(html.marks, answers));
      event.preventDefault();
    };
    addEventListener('copy', fill, {once: true});
    tell(!document.execCommand('copy') ? 'by_hand' : isSubject ? 'subject' : 'copied');
  };
  // An address of `mailto:` goes to a program on this device. Windows hands on addresses of
  // up to 2,083 characters (INTERNET_MAX_URL_LENGTH), and some programs cut what is longer.
  const mail = (answers) => {
    const [about, text] = [subject, body].map((part) =>
      encodeURIComponent(part(answers).replace(/\n/g, '\r\n')),
    );
    const link = make('a', {href: `mailto:${template.to || ''}?subject=${about}&body=${text}`});
    show(answers);
    if (link.href.length > 2000) return tell('long');
    // The page stays, so nobody is asked whether to leave it.
    const had = touched;
    touched = false;
    setTimeout(() => (touched = had), 1000);
    link.click();
    tell('opened');
  };
  const give = (answers, format) => {
    const large = find('letter-large')?.checked;
    const link = make('a', {
      href: URL.createObjectURL(new Blob([save(format, answers, large)], {type: formats[format].mime})),
      download: `${template.name}${large ? '-large-print' : ''}.${format}`,
    });
    link.click();
    tell('saved', {file: link.download});
  };

  const ways = {
    copy,
    subject: copy,
    mail,
    print: (answers) => {
      show(answers);
      onafterprint = () => show();
      print();
    },
  };
  let wanted;
  const hand = (what) => {
    const {answers, faults} = look();
    const anyway = what === 'anyway';
    if (!anyway) wanted = what;
    complain(faults);
    if (faults.length && !anyway) return goTo(problems);
    (ways[wanted] || give)(lines(answers, true), wanted);
    if (anyway) status.focus();
  };

  // What was cleared, for a while.
  const keep = (values) => {
    undo = values;
    clearing.textContent = say(undo ? 'undo' : 'clear');
    offer();
  };
  const clear = () => {
    const isBack = undo;
    if (isBack) {
      undo.forEach((value, at) => enter(at, value));
      keep();
    } else {
      keep(fields.map((_, at) => typed(at)));
      empty();
    }
    tell(isBack ? 'back' : 'cleared');
    touched = isBack;
    // On a device that others use, what was cleared must not come back.
    setTimeout(keep, 3e4);
    complain([]);
    show();
  };

  ask.addEventListener('input', () => {
    touched = true;
    if (undo) keep();
    show();
  });
  // What was reported goes as soon as it is right; new faults wait until they are asked for.
  ask.addEventListener('change', () => {
    if (!problems.hidden) complain(look().faults.filter(([at]) => boxes[at].matches('.wrong')));
  });
  addEventListener('click', (event) => {
    const {dataset: {do: what}, hash} = event.target;
    if (what === 'clear') clear();
    else if (what) hand(what);
    else if (/^#field/.test(hash)) {
      event.preventDefault();
      find(hash.slice(1)).focus();
    }
  });
  addEventListener('beforeunload', (event) => {
    if (touched) event.returnValue = 'typed';
  });

  // A page that comes back whole after “back”, or filled by the browser, starts empty.
  addEventListener('pageshow', ({persisted}) => persisted && location.reload());
  empty();
  // Answers after `#`, which no browser sends to anybody: #reply by=31 January 2027
  if (location.hash.includes('=')) {
    const given = new URLSearchParams(location.hash.slice(1));
    location.replace('#');
    given.forEach((value, name) => {
      const at = fields.findIndex((field) => plainName(field.name) === plainName(name));
      if (at < 0) return;
      const {answer} = read(fields[at], value);
      enter(at, answer || value);
    });
  }
  show();
})();
