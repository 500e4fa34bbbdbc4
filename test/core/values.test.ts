/** Property values: nothing, literal or expression, in every form that files have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXaml } from '../../server/src/core/xaml/parse';
import { readProperty } from '../../server/src/core/xaml/values';

const head =
  '<Activity xmlns:this="clr-namespace:" xmlns:x="u" xmlns:sco="v" this:Main.in_Box="robot@contoso.com" this:Main.in_Null="{x:Null}">';

function read(activity: string, property = 'P') {
  const text = `${head}${activity}</Activity>`;
  const { root } = parseXaml(text);
  const element = root?.children[0];
  if (!element) throw new Error('no activity');
  const value = readProperty({ text, root }, element, property);
  return [value.kind, value.text, text.slice(value.start, value.end)];
}

const cases: readonly [string, string, string, string?][] = [
  ['<A/>', 'empty', ''],
  ['<A P="{x:Null}"/>', 'empty', ''],
  ['<A P=""/>', 'empty', ''],
  ['<A P="[Nothing]"/>', 'empty', ''],
  ['<A P="[null]"/>', 'empty', ''],
  ['<A P="[&quot;&quot;]"/>', 'empty', ''],
  ['<A P="[String.Empty]"/>', 'empty', ''],
  ['<A P="Please select an account."/>', 'empty', ''],
  ['<A><A.P><InArgument x:TypeArguments="x:String" /></A.P></A>', 'empty', ''],
  ['<A><A.P><x:Null /></A.P></A>', 'empty', ''],
  ['<A><A.P><InArgument><Literal Value="" /></InArgument></A.P></A>', 'empty', ''],
  ['<A P=" True "/>', 'literal', 'True', 'True'],
  ['<A P="[&quot;abc&quot;]"/>', 'literal', 'abc', 'abc'],
  ['<A><A.P>True</A.P></A>', 'literal', 'True', 'True'],
  ['<A><A.P><InArgument x:TypeArguments="x:String">abc</InArgument></A.P></A>', 'literal', 'abc', 'abc'],
  ['<A><A.P><InArgument><Literal Value="abc" /></InArgument></A.P></A>', 'literal', 'abc', 'abc'],
  ['<A><A.P><InArgument><sco:CSharpValue>"abc"</sco:CSharpValue></InArgument></A.P></A>', 'literal', 'abc', 'abc'],
  ['<A><A.P><InArgument><sco:VisualBasicValue ExpressionText="&quot;abc&quot;" /></InArgument></A.P></A>', 'literal', 'abc', 'abc'],
  ['<A P="[in_Box]"/>', 'literal', 'robot@contoso.com', 'robot@contoso.com'],
  ['<A P="{}{abc}"/>', 'literal', '{abc}', '{abc}'],
  ['<A P="[in_Null]"/>', 'expression', 'in_Null', '[in_Null]'],
  ['<A P="[a + b]"/>', 'expression', 'a + b', '[a + b]'],
  ['<A P="[&quot;a&quot; + &quot;b&quot;]"/>', 'expression', '"a" + "b"'],
  ['<A P="{x:Reference __Ref0}"/>', 'expression', '{x:Reference __Ref0}'],
  ['<A><A.P><InArgument><sco:CSharpValue>box</sco:CSharpValue></InArgument></A.P></A>', 'expression', 'box', 'box'],
];

for (const [activity, kind, value, place] of cases) {
  test(activity, () => {
    const [foundKind, foundText, foundPlace] = read(activity);
    assert.deepEqual([foundKind, foundText], [kind, value]);
    if (place !== undefined) assert.equal(foundPlace, place);
  });
}
