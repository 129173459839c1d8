(() => {
  const hits = [...document.querySelectorAll("main > article")], on = new Map(), shown = document.getElementById("shown");
  const show = () => {
    let n = 0;
    for (const hit of hits) {
      const keys = new Set(hit.dataset.k.split(" "));
      hit.hidden = ![...on.values()].every((group) => !group.size || [...group].some((key) => keys.has(key)));
      n += !hit.hidden;
    }
    const any = [...on.values()].some((group) => group.size);
    shown.textContent = any ? "· " + n + " of " + hits.length + " shown" : "";
    document.body.classList.toggle("empty", n === 0);
  };
  document.body.classList.add("live");
  if (matchMedia("(min-width: 56rem)").matches)
    for (const field of [...document.querySelectorAll("nav details")].slice(0, 4)) field.open = true;
  for (const link of document.querySelectorAll("nav a[data-k]")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-pressed", "false");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const group = on.get(link.dataset.f) || new Set(), key = link.dataset.k;
      on.set(link.dataset.f, group);
      link.setAttribute("aria-pressed", String(!group.delete(key) && !!group.add(key)));
      show();
    });
  }
})();
