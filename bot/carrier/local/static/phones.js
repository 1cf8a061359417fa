// Sends without leaving the page and keeps the threads fresh; the page works without it.
"use strict";

const QUICK = 350;
const SLOW = 3000;
const HIDDEN = 15000;

let version = Number(document.body.dataset.version);
let pause = QUICK;
let timer = 0;
// What each thread offers, as it came: an open list looks different and is left open.
const offered = new Map();

function nearEnd(thread) {
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight < 120;
}

function toEnd(thread) {
  thread.scrollTop = thread.scrollHeight;
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

// Adds what is new and mends the small print of what was there, so that nothing is read out twice.
function refreshBubbles(thread, html) {
  const list = thread.querySelector(".bubbles");
  const follow = nearEnd(thread);
  const fresh = parsed(html);
  const kept = new Set();
  let added = false;
  for (const bubble of [...fresh.querySelectorAll(".bubble")]) {
    kept.add(bubble.id);
    const known = document.getElementById(bubble.id);
    if (!known) {
      bubble.classList.add("new");
      list.append(bubble);
      added = true;
      continue;
    }
    const before = known.querySelector(".meta");
    const after = bubble.querySelector(".meta");
    if (before.outerHTML !== after.outerHTML) before.replaceWith(after);
  }
  for (const bubble of [...list.children]) if (!kept.has(bubble.id)) bubble.remove();
  if (added && follow) toEnd(thread);
  return added;
}

function markUnread(key) {
  const [index, channel] = key.split("-");
  const radio = document.querySelector(`#phone-${index} input[value="${channel}"]`);
  if (!radio.checked) radio.parentElement.classList.add("unread");
}

function apply(news) {
  version = news.version;
  document.getElementById("bill").innerHTML = news.bill;
  for (const [key, parts] of Object.entries(news.threads)) {
    const thread = document.querySelector(`[data-thread="${key}"]`);
    if (refreshBubbles(thread, parts.bubbles)) markUnread(key);
    const chips = document.querySelector(`[data-chips="${key}"]`);
    if (offered.get(key) !== parts.chips.trim()) {
      const follow = nearEnd(thread);
      offered.set(key, parts.chips.trim());
      chips.innerHTML = parts.chips.trim();
      if (follow) toEnd(thread);
    }
  }
}

async function look() {
  clearTimeout(timer);
  try {
    const answer = await fetch(`${document.body.dataset.changes}?since=${version}`);
    if (answer.status === 200) {
      apply(await answer.json());
      pause = QUICK;
    } else {
      pause = Math.min(SLOW, pause * 1.15);
    }
  } catch {
    pause = SLOW;
  }
  timer = setTimeout(look, document.hidden ? HIDDEN : pause);
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const field = form.elements.body;
  const data = new FormData(form, event.submitter);
  if (event.submitter?.name === "do") field.value = "";
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: data, headers: { "X-Requested-With": "phones" },
    });
    if (!answer.ok) throw new Error(answer.status);
  } catch {
    field.value = data.get("body");
  }
  if (event.submitter?.matches(".chip, .row")) field.focus({ preventScroll: true });
  pause = QUICK;
  look();
}

function showChannel(event) {
  if (event.target.name !== "channel") return;
  event.target.parentElement.classList.remove("unread");
  event.currentTarget.querySelectorAll(".thread").forEach(toEnd);
}

function watchTabs() {
  const tabs = [...document.querySelectorAll(".tabs a")];
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const tab = tabs.find((link) => link.hash === `#${entry.target.id}`);
      if (!entry.isIntersecting) continue;
      tabs.forEach((link) => link.removeAttribute("aria-current"));
      tab.setAttribute("aria-current", "true");
    }
  }, { threshold: 0.6 });
  document.querySelectorAll(".phone").forEach((phone) => watcher.observe(phone));
}

for (const form of document.querySelectorAll(".phone form")) {
  form.addEventListener("submit", send);
  form.addEventListener("change", showChannel);
}
document.querySelectorAll(".thread").forEach(toEnd);
document.querySelectorAll("[data-chips]").forEach((chips) => offered.set(chips.dataset.chips, chips.innerHTML.trim()));
document.addEventListener("visibilitychange", look);
watchTabs();
look();
