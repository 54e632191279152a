// Streamlit fetches its icon font, 375 kB, on every page, also where nobody sees an icon of it. A
// page that shows one still fetches it by itself.
(() => {
  const fonts = document.fonts, load = fonts && fonts.load;
  if (!load) { return; }
  fonts.load = (font, ...more) => font.includes('Material Symbols')
    ? Promise.resolve([]) : load.call(fonts, font, ...more);
})();
