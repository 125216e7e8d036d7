import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Plan } from '#model/plan.js';
import { shown } from './eks-plans.js';
import { rendered } from './kubernetes/judged.js';
import { variants } from './plans.js';
import { type Module, modulesOf, referencesIn } from './terraform/module.js';

interface Stack {
  text: string;
  Resources: { [name: string]: { Type: string; Properties: { [key: string]: unknown } } };
  Outputs: { [name: string]: { Value: unknown } };
}

/** Every stack of a plan. Functions are left as the text of their arguments, so a name used stands in the text. */
const stacksOf = (plan: Plan): Stack[] =>
  rendered(plan, 'cloudformation')
    .filter(({ path }) => path.endsWith('.yaml'))
    .map(({ text }) => ({ text, ...parse(text, { logLevel: 'silent' }) }));

/** Rules speak of a group; what has one is another resource. */
const isRule = (type: string): boolean => /security_group_(in|e)gress_rule$|SecurityGroup(In|E)gress$/.test(type);

function groupsLeft({ Resources }: Stack): string[] {
  const others = Object.entries(Resources).filter(([, { Type }]) => !isRule(Type));
  const isUsed = (name: string): boolean =>
    others.some(([other, body]) => other !== name && new RegExp(`\\b${name}\\b`).test(JSON.stringify(body)));
  return others.filter(([name, { Type }]) => Type === 'AWS::EC2::SecurityGroup' && !isUsed(name)).map(([name]) => name);
}

function groupsLeftBy({ resource }: Module): string[] {
  const used = new Set(resource.filter(({ type }) => !isRule(type)).flatMap(({ body }) => referencesIn(body)));
  const groups = resource.filter(({ type }) => type === 'aws_security_group').map(({ address }) => address);
  return groups.filter((address) => !used.has(address));
}

const eventsOf = (pattern: unknown): string[] =>
  [...String(pattern).matchAll(/eventName = \\?"(\w+)\\?"/g)].map(([, name = '']) => name).sort();

describe('what a rendered endpoint leaves', () => {
  let all: { name: string; stacks: Stack[]; modules: Module[] }[] = [];

  before(async function () {
    this.timeout(30_000);
    const plans = [...variants, ...shown];
    all = await Promise.all(
      plans.map(async ({ name, plan }) => {
        const modules = (await modulesOf(plan)).map(({ module }) => module);
        return { name, stacks: stacksOf(plan), modules };
      }),
    );
  });

  it('is no security group that nothing has', () => {
    for (const { name, stacks, modules } of all) {
      assert.deepEqual(stacks.flatMap(groupsLeft), [], name);
      assert.deepEqual(modules.flatMap(groupsLeftBy), [], name);
    }
  });

  it('is no topic of alarms that nobody can find to subscribe to', () => {
    for (const { stacks, modules } of all) {
      for (const { Resources, Outputs } of stacks) {
        const alarms = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
        assert.ok(alarms.length > 0);
        for (const { Properties } of alarms) assert.deepEqual(Properties.AlarmActions, [Outputs.AlarmTopicArn?.Value]);
      }
      for (const { outputs } of modules) assert.equal(outputs.alarm_topic_arn?.value, '${aws_sns_topic.alarms.arn}');
    }
  });

  it('is no change of a log, a key or a guardrail unheard, in either language', () => {
    for (const { stacks, modules } of all) {
      for (const [index, { Resources }] of stacks.entries()) {
        const events = eventsOf(Resources.TamperingFilter?.Properties.FilterPattern);
        const filters = modules[index]?.resource ?? [];
        const filter = filters.find(({ address }) => address === 'aws_cloudwatch_log_metric_filter.tampering');
        assert.deepEqual(eventsOf(filter?.body.pattern), events);
        for (const each of ['UpdateTrail', 'PutKeyPolicy', 'UpdateGuardrail', 'PutModelInvocationLoggingConfiguration'])
          assert.ok(events.includes(each), each);
      }
    }
  });

  it('is no word on a trail that it does not keep', () => {
    for (const { name, stacks } of all) {
      for (const { text } of stacks) {
        const keepsCalls = /AWS::(SageMaker::Endpoint|Bedrock::Model|BedrockMantle::Project)"?\]/.test(text);
        assert.equal(/calls to the model, kept/.test(text), keepsCalls, name);
      }
    }
  });
});
