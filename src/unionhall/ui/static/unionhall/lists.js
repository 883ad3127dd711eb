/* UnionHall: lists by keyboard and in bulk.
   [data-list] holds [data-row]s (a link [data-open] and maybe a checkbox name="pick" in each);
   [data-hotkey="a"] is pressed by that key; a form with [data-bulk-bar] counts what is picked. */
(function () {
  'use strict';

  function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }

  // -- Keys ---------------------------------------------------------------------------------------------
  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox';
  }

  function rows() { return all('[data-list] [data-row]'); }

  function step(by) {
    var list = rows();
    if (!list.length) { return; }
    var here = list.indexOf(document.activeElement.closest('[data-row]'));
    var there = here < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(here + by, 0), list.length - 1);
    var row = list[there];
    row.setAttribute('tabindex', '-1');
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  function inRow(selector) {
    var row = document.activeElement.closest('[data-row]');
    return row ? row.querySelector(selector) : null;
  }

  function press(key) {
    var target = all('[data-hotkey="' + key + '"]').find(function (element) {
      return !element.disabled && element.getClientRects().length > 0;
    });
    if (!target) { return false; }
    if (/^(INPUT|TEXTAREA)$/.test(target.tagName)) { target.focus(); } else { target.click(); }
    return true;
  }

  var keys = {
    j: function () { step(1); return true; },
    k: function () { step(-1); return true; },
    x: function () {
      var box = inRow('input[name="pick"]');
      if (box) { box.click(); }
      return Boolean(box);
    },
    enter: function () {
      var link = document.activeElement.matches('[data-row]') ? inRow('[data-open]') : null;
      if (link) { link.click(); }
      return Boolean(link);
    },
    '/': function () { return press('/'); },
    a: function () { return press('a'); },
    r: function () { return press('r'); },
    '?': function () {
      var opener = document.querySelector('[data-keys]');
      if (opener) { opener.click(); }
      return Boolean(opener);
    }
  };

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) { return; }
    if (document.querySelector('.modal.show, .offcanvas-lg.show')) { return; }
    var deed = keys[event.key.toLowerCase()];
    if (deed && deed()) { event.preventDefault(); }
  });

  // -- The row that lies open beside its list --------------------------------------------------------------
  document.addEventListener('htmx:afterSwap', function (event) {
    var cause = event.detail.requestConfig && event.detail.requestConfig.elt;
    var opened = cause && cause.matches('[data-open]') && cause.closest('[data-row]');
    if (!opened) { return; }
    all('[data-row].is-open').forEach(function (row) { row.classList.remove('is-open'); });
    opened.classList.add('is-open');
  });

  // -- Picking rows ----------------------------------------------------------------------------------------
  function write(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, ','); }

  function count(form) {
    var bar = form.querySelector('[data-bulk-bar]');
    if (!bar) { return; }
    var boxes = all('input[name="pick"]', form);
    var picked = boxes.filter(function (box) { return box.checked; });
    var everything = bar.querySelector('[data-pick-everything]');
    var whole = Boolean(everything && everything.checked);
    boxes.forEach(function (box) {
      var row = box.closest('[data-row]');
      if (row) { row.classList.toggle('is-picked', box.checked || whole); }
    });
    bar.querySelector('[data-pick-count]').textContent = write(whole ? everything.dataset.total : picked.length);
    bar.hidden = !whole && picked.length === 0;
    var head = form.querySelector('[data-pick-all]');
    if (head) {
      head.checked = boxes.length > 0 && picked.length === boxes.length;
      head.indeterminate = picked.length > 0 && picked.length < boxes.length;
    }
  }

  document.addEventListener('change', function (event) {
    var form = event.target.form;
    if (!form) { return; }
    if (event.target.matches('[data-pick-all]')) {
      all('input[name="pick"]', form).forEach(function (box) { box.checked = event.target.checked; });
      var everything = form.querySelector('[data-pick-everything]');
      if (everything && !event.target.checked) { everything.checked = false; }
    }
    if (event.target.matches('[data-pick-all], [data-pick-everything], input[name="pick"]')) { count(form); }
  });

  function dress() {
    all('[data-bulk-bar]').forEach(function (bar) { count(bar.closest('form')); });
  }

  dress();
  document.addEventListener('htmx:load', dress);
})();
