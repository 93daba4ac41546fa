// Can I buy: shows only what fits, for those who have scripts. What is typed is in the
// address after `#`, which no browser sends.

(() => {
  'use strict';
  const template = find('buy-form');
  template.replaceWith(template.content);
  const [form, status, none] = ['tool', 'status', 'none'].map((name) => find(`buy-${name}`));
  const {q} = form.elements;
  const ticks = [...form.querySelectorAll('[type=checkbox]')];
  const items = [...document.querySelectorAll('.asks > li')].map((item) => {
    const answer = item.querySelector('.answer');
    const words = [...item.children].filter((part) => part !== answer).map((part) => part.textContent);
    return {
      item,
      text: fold(`${words} ${item.dataset.words || ''}`),
      answer: answer.className.split('answer-')[1],
    };
  });
  const groups = [...document.querySelectorAll('details')].filter((part) => part.querySelector('.asks'));
  const about = find('buy-groups');
  let waiting;

  const show = (wait) => {
    const hit = finder(q.value, items);
    const wanted = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
    const isPlain = !q.value.trim() && !wanted.length;
    let n = 0;
    items.forEach(({item, text, answer}) => {
      const fits = hit(text) && (!wanted.length || wanted.includes(answer));
      item.hidden = !fits;
      n += fits;
    });
    groups.forEach((group) => {
      group.hidden = !group.querySelector('.asks > li:not([hidden])');
      group.open = !isPlain;
    });
    about.hidden = !isPlain;
    // Starting again is offered once there is something to clear.
    form.lastElementChild.hidden = isPlain;
    none.hidden = n > 0;
    // While somebody types, the number and the address wait.
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const {all, one, many} = status.dataset;
      status.textContent = isPlain ? all : put(n === 1 ? one : many, {n});
      const given = [...new FormData(form)].filter(([, value]) => value.trim());
      keep(isPlain ? '' : `#${new URLSearchParams(given)}`);
    }, wait);
  };

  form.addEventListener('input', ({target}) => show(target === q && 300));
  form.addEventListener('reset', () => {
    setTimeout(show);
    status.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    show();
    goTo(status);
  });
  const restore = (given) => {
    q.value = (given && given.get('q')) || '';
    ticks.forEach((tick) => (tick.checked = given && given.getAll('answer').some((one) => one.toLowerCase() === tick.value)));
    show();
  };
  const given = readAddress('q|answer', restore);
  if (given) restore(given);
})();
