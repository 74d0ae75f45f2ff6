/** The program of a contestant that is an engine of this project, in a process of its own. Argument: the engine's folder. */
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { timeOf } from './contestant.ts';
import type { Problem, Steps } from './line-process.ts';

const folder = process.argv[2]!;
const { gradientDescent, logisticSquaredError, matrix, network, softmaxCrossEntropy, tanh, train } = (await import(
  pathToFileURL(`${folder}/index.ts`).href
)) as typeof import('../../../src/engine/index.ts');

function trainerOf({ precision, rate, units, X, Y, Theta, b }: Problem) {
  const [inputs, classes] = [units[0]!, units.at(-1)!];
  const m = X.length / inputs;
  const net = network({ units, activation: tanh, output: classes === 1 ? logisticSquaredError : softmaxCrossEntropy });
  const start = {
    Theta: [matrix(0, 0), ...Theta.map((data, i) => matrix(units[i + 1]!, units[i]!, data))],
    b: [new Float64Array(), ...b.map((data) => Float64Array.from(data))],
  };
  const data = { X: matrix(m, inputs, X), Y: matrix(m, classes, Y) };
  const optimizer = gradientDescent({ rate });
  return (steps: number) => train(net, start, data, { optimizer, steps, precision });
}

let run: ReturnType<typeof trainerOf> | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Problem | Steps;
  if ('units' in request) run = trainerOf(request);
  const answer = 'units' in request ? run!(0).J[0]! : await timeOf(() => void run!(request.steps));
  console.log(JSON.stringify(answer));
}
