/* UnionHall: what every page does with script. Pages work without it; this makes them kinder.
   ES2019, no eval, no inline styles. Behavior is declared by data attributes (ui/README.md). */
(function () {
  'use strict';

  var library = function () { return window.bootstrap || (window.tabler && window.tabler.bootstrap) || window.tabler; };

  function modal(element) { return library().Modal.getOrCreateInstance(element); }

  function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }

  // -- A short message that goes away by itself ------------------------------------------------------
  function toast(text) {
    var region = document.querySelector('[data-toasts]');
    if (!region) { return; }
    var box = document.createElement('div');
    box.className = 'notice notice-error';
    var words = document.createElement('div');
    words.className = 'notice-words';
    words.textContent = text;
    box.appendChild(words);
    region.appendChild(box);
    window.setTimeout(function () { box.remove(); }, 8000);
  }

  // -- htmx: the token of the page, and words when the network fails ----------------------------------
  document.addEventListener('htmx:configRequest', function (event) {
    var token = document.querySelector('meta[name="csrf-token"]');
    if (token) { event.detail.headers['X-CSRFToken'] = token.content; }
  });
  document.addEventListener('htmx:sendError', function () { toast('网络不通，刚才的操作没有完成，请检查网络后重试。'); });
  document.addEventListener('htmx:responseError', function (event) {
    var status = event.detail.xhr.status;
    if (status === 403) {
      toast('您没有办理此事的权限，或登录已过期，请刷新页面后重试。');
    } else if (status === 404) {
      toast('这条记录已不存在，请刷新页面。');
    } else {
      toast('系统暂时没有完成这一操作，请稍后重试。');
    }
  });

  // -- Larger type ------------------------------------------------------------------------------------
  function toggleSenior() {
    var senior = document.documentElement.classList.toggle('senior');
    var secure = window.location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = 'senior=' + (senior ? '1' : '0') + '; Path=/; Max-Age=31536000; SameSite=Lax' + secure;
    all('[data-senior]').forEach(function (button) { button.setAttribute('aria-pressed', String(senior)); });
    all('[data-senior-word]').forEach(function (word) { word.textContent = senior ? '标准字号' : '大字版'; });
  }

  // -- Asking before a deed that is hard to undo -------------------------------------------------------
  var pending = null;

  function ask(form, submitter, text) {
    var source = submitter && submitter.dataset.confirm ? submitter : form;
    var box = document.getElementById('confirm');
    var title = document.getElementById('confirm-title');
    var go = box.querySelector('[data-confirm-go]');
    title.textContent = source.dataset.confirmTitle || title.dataset.default;
    document.getElementById('confirm-text').textContent = text;
    go.textContent = source.dataset.confirmLabel || (submitter && submitter.textContent.trim()) || go.dataset.default;
    pending = { form: form, submitter: submitter };
    modal(box).show();
  }

  function goOn() {
    if (!pending) { return; }
    var form = pending.form;
    var submitter = pending.submitter;
    pending = null;
    modal(document.getElementById('confirm')).hide();
    form.dataset.confirmed = 'yes';
    form.requestSubmit(submitter || undefined);
    delete form.dataset.confirmed;
  }

  var lastButton = null;
  document.addEventListener('click', function (event) {
    lastButton = event.target.closest('button[type="submit"], input[type="submit"]');
  }, true);

  document.addEventListener('submit', function (event) {
    var form = event.target;
    var submitter = event.submitter || (lastButton && lastButton.form === form ? lastButton : null);
    var text = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
    if (text && form.dataset.confirmed !== 'yes') {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(form, submitter, text);
      return;
    }
    form.dataset.sent = 'yes';
  }, true);

  // -- Leaving a form that was not sent -----------------------------------------------------------------
  document.addEventListener('input', function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute('data-guard')) { form.dataset.changed = 'yes'; }
  });
  window.addEventListener('beforeunload', function (event) {
    var open = all('form[data-guard]').some(function (form) { return form.dataset.changed && !form.dataset.sent; });
    if (open) {
      event.preventDefault();
      event.returnValue = '';
    }
  });

  // -- Files: dropping, and what was chosen ---------------------------------------------------------------
  function describe(zone, input) {
    var chosen = Array.from(input.files).map(function (file) {
      var size = file.size >= 1048576 ? (file.size / 1048576).toFixed(1) + ' MB' : Math.ceil(file.size / 1024) + ' KB';
      return file.name + '（' + size + '）';
    });
    zone.querySelector('[data-drop-chosen]').textContent = chosen.length ? '已选择：' + chosen.join('、') : '';
  }

  function dropZone(zone) {
    var input = zone.querySelector('input[type="file"]');
    if (!input) { return; }
    zone.classList.add('has-script');
    ['dragenter', 'dragover'].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add('is-over'); });
    });
    ['dragleave', 'drop'].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.remove('is-over'); });
    });
    zone.addEventListener('drop', function (event) {
      if (event.dataTransfer && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    input.addEventListener('change', function () { describe(zone, input); });
  }

  // -- How many characters are left -----------------------------------------------------------------------
  function counter(place) {
    var input = document.getElementById(place.dataset.counterFor);
    if (!input || input.maxLength < 0) { return; }
    var show = function () {
      place.textContent = input.value.length + ' / ' + input.maxLength;
      place.classList.toggle('counter-full', input.value.length >= input.maxLength);
    };
    input.addEventListener('input', show);
    show();
  }

  // -- Menus close when one looks elsewhere -----------------------------------------------------------------
  function closeMenus(except) {
    all('details.menu[open]').forEach(function (menu) { if (menu !== except) { menu.open = false; } });
  }

  document.addEventListener('click', function (event) {
    closeMenus(event.target.closest('details.menu'));
    var closer = event.target.closest('[data-close]');
    if (closer) { closer.closest(closer.dataset.close).remove(); }
    if (event.target.closest('[data-senior]')) { toggleSenior(); }
    if (event.target.closest('[data-keys]')) { closeMenus(null); modal(document.getElementById('keys')).show(); }
    if (event.target.closest('[data-confirm-go]')) { goOn(); }
    if (event.target.closest('[data-print]')) { window.print(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }
    var menu = document.querySelector('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });

  function dress(root) {
    all('[data-drop]:not(.has-script)', root).forEach(dropZone);
    all('[data-counter-for]', root).forEach(counter);
  }

  dress(document);
  document.addEventListener('htmx:load', function (event) { dress(event.detail.elt); });
  var first = document.querySelector('[data-focus]');
  if (first) { first.focus(); }
})();
