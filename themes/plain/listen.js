// Reads the page aloud, with a voice of the device alone: one that works elsewhere would send
// the words there. Where there is none, nothing is offered.

(() => {
  'use strict';
  const form = find('listen-form'),
    speech = self.speechSynthesis,
    main = document.querySelector('main');
  if (!form || !speech) return;
  const short = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  // That of the device, or else of this country, or else any.
  const voiceOf = (tag) => {
    const all = speech.getVoices().filter(({localService, lang}) => localService && short(lang) === short(tag));
    return all.find((voice) => voice.default) || all.find(({lang}) => /[-_]GB$/i.test(lang)) || all[0];
  };
  const blocks = 'h1,h2,h3,h4,h5,h6,p,li,dt,dd,th,td,caption,figcaption,summary';
  const pageTag = document.documentElement.lang;
  const marks = self.Highlight && CSS.highlights;
  let sentences, at, run, isOn;

  // The words of a block, and where each sentence of it is.
  const read = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, ({parentElement}) =>
      parentElement.closest(blocks) === block && !parentElement.closest('[aria-hidden=true],.off') ? 1 : 2);
    const pieces = [];
    let text = '';
    while (walker.nextNode()) {
      pieces.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const tag = block.closest('[lang]').lang;
    const parts = self.Intl?.Segmenter ? [...new Intl.Segmenter(tag, {granularity: 'sentence'}).segment(text)] : [{segment: text, index: 0}];
    const place = (offset) => {
      const [start, node] = pieces.filter(([start]) => start <= offset).pop();
      return [node, Math.min(offset - start, node.length)];
    };
    return parts
      .filter(({segment}) => /[\p{L}\p{N}]/u.test(segment))
      .map(({segment, index}) => ({block, tag, text: segment.trim(), from: place(index), to: place(index + segment.trimEnd().length)}));
  };
  const all = () =>
    [...main.querySelectorAll(blocks)]
      .filter((block) => block.closest('.head,.body,.easy .help') && !block.closest('nav,.stage,.versions,.by,template,form,.listen,.to-here,[hidden],.off') && block.getClientRects().length)
      .flatMap(read);

  const show = (sentence) => {
    sentences.forEach(({block}) => block.classList.remove('said'));
    marks?.delete('said');
    if (!sentence) return;
    const {block, from, to} = sentence;
    if (marks) {
      const range = new Range();
      range.setStart(...from);
      range.setEnd(...to);
      marks.set('said', new Highlight(range));
    } else block.classList.add('said');
    const {top, bottom} = block.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) block.scrollIntoView({block: 'center'});
  };

  form.after(form.content);
  const tool = form.nextElementSibling,
    [play, stop] = tool.querySelectorAll('button'),
    speed = tool.querySelector('select');
  tool.remove();

  const set = (on) => {
    isOn = on;
    const isOpen = at != null;
    play.textContent = play.dataset[on ? 'pause' : isOpen ? 'on' : 'play'];
    stop.hidden = speed.parentElement.hidden = !isOpen;
  };
  const silence = () => {
    run = {};
    speech.cancel();
  };
  const end = () => {
    if (tool.contains(document.activeElement)) play.focus();
    silence();
    show();
    at = undefined;
    set(false);
  };
  const say = () => {
    silence();
    const mine = run,
      sentence = sentences[at];
    if (!sentence) return end();
    // A phone number is said one digit after the other.
    const said = new SpeechSynthesisUtterance(sentence.text.replace(/\b0[\d ]{8,}\d\b/g, (number) => [...number.replace(/ /g, '')].join(' ')));
    said.voice = voiceOf(sentence.tag) || voiceOf(pageTag);
    said.lang = said.voice.lang;
    said.rate = +speed.value;
    said.onend = said.onerror = () => {
      if (run !== mine) return;
      at++;
      say();
    };
    show(sentence);
    set(true);
    speech.speak(said);
  };
  play.onclick = () => {
    if (isOn) {
      silence();
      set(false);
    } else {
      sentences = at == null ? all() : sentences;
      at = at ?? 0;
      say();
    }
  };
  stop.onclick = end;
  speed.onchange = () => isOn && say();
  addEventListener('pagehide', () => at != null && end());

  const offer = () => {
    if (!tool.isConnected && voiceOf(pageTag)) form.after(tool);
  };
  offer();
  // Many browsers learn of their voices later.
  speech.addEventListener?.('voiceschanged', offer);
})();
