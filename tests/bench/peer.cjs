// One engine, one template, some documents: prints the median time of a warm document, its size and the peak memory.
//   node peer.cjs ENGINE TEMPLATE DATA.json ROUNDS
const fs = require("fs");
const [engine, template, dataFile, rounds] = process.argv.slice(2);
const source = fs.readFileSync(template);
const data = JSON.parse(fs.readFileSync(dataFile, "utf8"));

const engines = {
  docxtemplater() {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    return async () => {
      const document = new Docxtemplater(new PizZip(source), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "easy-template-x"() {
    const { TemplateHandler } = require("easy-template-x");
    const handler = new TemplateHandler();
    return async () => handler.process(source, data);
  },
  carbone() {
    const carbone = require("carbone");
    return () => new Promise((done, fail) => carbone.render(template, data, (error, out) => (error ? fail(error) : done(out))));
  },
  "xlsx-template"() {
    const XlsxTemplate = require("xlsx-template");
    return async () => {
      const book = new XlsxTemplate();
      await book.loadTemplate(source);
      await book.substitute(1, data);
      return book.generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
};

(async () => {
  const render = engines[engine]();
  const times = [];
  let out;
  const warm = rounds > 1 ? Math.min(3, rounds) : 0;
  for (let i = 0; i < Number(rounds) + warm; ++i) {
    const start = process.hrtime.bigint();
    out = await render();
    if (i >= warm) times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({
    median_ms: times[times.length >> 1], bytes: out.length ?? out.byteLength, peak_kb: process.resourceUsage().maxRSS,
  }));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
