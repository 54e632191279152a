// The head of a long page says where one is: the last place that has scrolled up to it.
addEventListener('scroll', () => {
  const places = [...document.querySelectorAll('.pw-contents a')];
  const passed = places.filter(place => {
    const at = document.getElementById(place.hash.slice(1));
    return at && at.getBoundingClientRect().top < 120;
  });
  const here = passed[passed.length - 1];
  if (here?.hasAttribute('aria-current')) return;
  for (const place of places) place.removeAttribute('aria-current');
  if (!here) return;
  here.setAttribute('aria-current', 'location');
  const list = here.closest('ul');
  list.scrollLeft = here.offsetLeft - list.offsetLeft - list.clientWidth / 3;
}, {capture: true, passive: true});
