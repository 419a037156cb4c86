import { Fragment, type ReactNode, useRef } from 'react';
import type { FormView, ItemValues, Reasons } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Item } from '../../server/instruments/document.ts';
import {
  type AnswerFinding,
  checkValues,
  derive,
  isReading,
  itemName,
  type SafetyHit,
  type Surroundings,
  takesAnswer,
} from '../../server/instruments/rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Check } from './Check.tsx';
import { CurrentItem } from './CurrentItem.tsx';
import type { EntryAction } from './entry.ts';
import { FoldedItem } from './FoldedItem.tsx';
import { CalculatedItem, Description, SectionHeading } from './ReadItem.tsx';
import { SafetyAlert } from './SafetyAlert.tsx';

interface Props {
  study: StudyView;
  instrument: InstrumentDocument;
  form: FormView;
  values: ItemValues;
  reasons: Reasons;
  around: Surroundings;
  /** Left out where unusual answers are not explained here. */
  onReason?(key: string, reason: string | null): void;
  hits: SafetyHit[];
  cursor: { current: string | null; missingOpen: boolean };
  readOnly: boolean;
  singleKeys: boolean;
  /** What stands under an answer, by item. */
  below?(item: string): ReactNode;
  mayResolve: boolean;
  dispatch(action: EntryAction): void;
  onResolved(alert: string): void;
}

/** The items in order: rows, the one that is unfolded, and safety alerts right under their item. */
export function ItemList(props: Props) {
  const { study, instrument, values, cursor, readOnly, dispatch } = props;
  const { missing } = study.document;
  const findings = checkValues(instrument, values, missing, props.around);
  const derived = derive(instrument, values, props.around.facts, props.around.place);
  const apart = findings.filter((one) => one.item === null);
  const check = (finding: AnswerFinding) => (
    <Check
      key={finding.key}
      finding={finding}
      reason={props.reasons[finding.key]}
      onReason={props.onReason}
    />
  );
  // Whoever types a reason keeps the field that it is typed in.
  const asked = useRef(new Set<string>());
  const staysInSight = ({ kind, key }: AnswerFinding): boolean => {
    if (kind === 'impossible' || !props.onReason) return kind === 'impossible';
    if (props.reasons[key] === undefined) asked.current.add(key);
    return asked.current.has(key);
  };
  let number = 0;
  const rows = instrument.items.map((item) => {
    if (!isReading(item)) number++;
    // An answer that no longer applies stays in sight until somebody clears it.
    if (!derived.applies(item.id) && !values[item.id]) return null;
    if (item.kind === 'section') return <SectionHeading key={item.id} item={item} />;
    if (item.kind === 'descriptive') return <Description key={item.id} item={item} />;
    const found = findings.filter((one) => one.item === item.id);
    if (!takesAnswer(item))
      return (
        <Fragment key={item.id}>
          <CalculatedItem
            item={item}
            number={number}
            value={derived.values[item.id]}
            why={derived.why.get(item.id)}
          />
          {found.map(check)}
        </Fragment>
      );
    const finding = found.find(({ kind }) => kind === 'impossible') ?? found[0];
    return (
      <Fragment key={item.id}>
        {cursor.current === item.id && !readOnly ? (
          <CurrentItem
            instrument={instrument}
            item={item}
            number={number}
            value={values[item.id]}
            baseline={props.form.reference?.values[item.id]}
            missing={missing}
            missingOpen={cursor.missingOpen}
            singleKeys={props.singleKeys}
            onAnswer={(value, advance) => dispatch({ type: 'set', item: item.id, value, advance })}
            onClear={() => dispatch({ type: 'clear', item: item.id })}
            onMissing={(open) => dispatch({ type: 'missing', open })}
          >
            {found.map(check)}
          </CurrentItem>
        ) : (
          <>
            <FoldedItem
              item={item}
              number={number}
              value={values[item.id]}
              missing={missing}
              finding={finding?.kind}
              readOnly={readOnly}
              onPick={(value) => dispatch({ type: 'set', item: item.id, value: { value }, advance: true })}
              onOpen={() => dispatch({ type: 'go', item: item.id })}
            />
            {!readOnly && found.filter(staysInSight).map(check)}
          </>
        )}
        {props.below?.(item.id)}
        <Alerts {...props} item={item} />
      </Fragment>
    );
  });
  return (
    <>
      {apart.map(check)}
      {rows}
    </>
  );
}

/** The alerts of one item: those that the server opened, and one that it has yet to hear of. */
function Alerts({ study, instrument, form, hits, item, mayResolve, onResolved }: Props & { item: Item }) {
  const rule = instrument.safety.find((one) => one.item === item.id);
  if (!rule) return null;
  const opened = form.alerts.filter((alert) => alert.item === item.id);
  const hit = hits.find((one) => one.item === item.id && !opened.some(({ value }) => value === one.value));
  const words = t('{replace} is {atLeast} or more', {
    replace: said(itemName(item)).replace(/^(Item|Osio)(?= )/, (word) => word.toLowerCase()),
    atLeast: rule.atLeast,
  });
  return [
    ...opened.map((alert) => ({ key: `${item.id} ${alert.value}`, alert, steps: alert.steps })),
    ...(hit ? [{ key: `${item.id} ${hit.value}`, alert: undefined, steps: hit.steps }] : []),
  ].map(({ key, alert, steps }) => (
    <SafetyAlert
      key={key}
      study={study.id}
      rule={words}
      steps={steps}
      alert={alert}
      mayResolve={mayResolve}
      onResolved={() => alert && onResolved(alert.id)}
    />
  ));
}
