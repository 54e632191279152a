// What is new on the page is read out first; and it comes into sight, or what belongs to it does.
(() => {
  const {target, insight} = document.currentScript.dataset;
  document.getElementById(target)?.focus({preventScroll: !insight});
  if (insight) document.querySelector(insight)?.scrollIntoView({block: 'center'});
  else document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0);
})();
