import { Fragment } from 'react';
import type { FormView, ItemValues } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Item } from '../../server/instruments/document.ts';
import { checkValues, itemName, type SafetyHit } from '../../server/instruments/rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { CurrentItem } from './CurrentItem.tsx';
import type { EntryAction } from './entry.ts';
import { FoldedItem } from './FoldedItem.tsx';
import { SafetyAlert } from './SafetyAlert.tsx';

interface Props {
  study: StudyView;
  instrument: InstrumentDocument;
  form: FormView;
  values: ItemValues;
  hits: SafetyHit[];
  cursor: { current: string | null; missingOpen: boolean };
  readOnly: boolean;
  singleKeys: boolean;
  mayResolve: boolean;
  dispatch(action: EntryAction): void;
  onResolved(alert: string): void;
}

/** The items in order: rows, the one that is unfolded, and safety alerts right under their item. */
export function ItemList(props: Props) {
  const { study, instrument, values, cursor, readOnly, dispatch } = props;
  const { missing } = study.document;
  const findings = checkValues(instrument, values, missing);
  return instrument.items.map((item, index) => {
    const finding = findings.find((one) => one.item === item.id);
    return (
      <Fragment key={item.id}>
        {cursor.current === item.id && !readOnly ? (
          <CurrentItem
            instrument={instrument}
            item={item}
            number={index + 1}
            value={values[item.id]}
            baseline={props.form.reference?.values[item.id]}
            missing={missing}
            missingOpen={cursor.missingOpen}
            finding={finding}
            singleKeys={props.singleKeys}
            onAnswer={(value, advance) => dispatch({ type: 'set', item: item.id, value, advance })}
            onClear={() => dispatch({ type: 'clear', item: item.id })}
            onMissing={(open) => dispatch({ type: 'missing', open })}
          />
        ) : (
          <FoldedItem
            item={item}
            number={index + 1}
            value={values[item.id]}
            missing={missing}
            finding={finding?.kind}
            readOnly={readOnly}
            onPick={(value) => dispatch({ type: 'set', item: item.id, value: { value }, advance: true })}
            onOpen={() => dispatch({ type: 'go', item: item.id })}
          />
        )}
        <Alerts {...props} item={item} />
      </Fragment>
    );
  });
}

/** The alerts of one item: those that the server opened, and one that it has yet to hear of. */
function Alerts({ study, instrument, form, hits, item, mayResolve, onResolved }: Props & { item: Item }) {
  const rule = instrument.safety.find((one) => one.item === item.id);
  if (!rule) return null;
  const opened = form.alerts.filter((alert) => alert.item === item.id);
  const hit = hits.find((one) => one.item === item.id && !opened.some(({ value }) => value === one.value));
  const words = `${itemName(item).replace(/^Item/, 'item')} is ${rule.atLeast} or more`;
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
