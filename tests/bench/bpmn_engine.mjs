// The process of workflow_bench.cpp with the npm package bpmn-engine, for comparison:
//   npm install bpmn-engine && node bpmn_engine.mjs
import { Engine } from 'bpmn-engine';

const arrow = (from, to, condition) =>
  `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">` +
  (condition ? `<conditionExpression>\${environment.variables.${condition}}</conditionExpression>` : '') +
  '</sequenceFlow>';
const source =
  '<definitions id="d" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">' +
  '<startEvent id="s"/><task id="a"/><parallelGateway id="f"/><userTask id="b"/><userTask id="c"/>' +
  '<parallelGateway id="j"/><exclusiveGateway id="x" default="x-e"/><subProcess id="u"><startEvent id="us"/>' +
  '<userTask id="d1"/><endEvent id="ue"/>' + arrow('us', 'd1') + arrow('d1', 'ue') +
  '</subProcess><task id="z"/><endEvent id="e"/>' +
  [['s', 'a'], ['a', 'f'], ['f', 'b'], ['f', 'c'], ['b', 'j'], ['c', 'j'], ['j', 'x'], ['x', 'u', 'ok'], ['x', 'e'],
   ['u', 'z'], ['z', 'e']].map((ends) => arrow(...ends)).join('') + '</process></definitions>';

const count = 300;
const begin = performance.now();
for (let i = 0; i < count; ++i) {
  const engine = new Engine({ name: `run ${i}`, source, variables: { ok: true } });
  const execution = await engine.execute();
  const done = execution.state === 'idle' ? Promise.resolve() : engine.waitFor('end');
  for (let waiting; (waiting = execution.getPostponed().filter((one) => one.type === 'bpmn:UserTask' || one.type === 'bpmn:SubProcess')).length;) {
    for (const one of waiting) {
      if (one.type === 'bpmn:UserTask') one.signal();
      else for (const inner of one.getPostponed()) if (inner.type === 'bpmn:UserTask') inner.signal();
    }
  }
  await done;
}
const seconds = (performance.now() - begin) / 1000;
console.log(`bpmn-engine ${(count / seconds).toFixed(0)} instances/s`);
