#include "evidence/store/sql/tables.h"

const struct table store_tables[] = {
    {"intervention", true, "t:id t:name t:plain t:kind t:summary t:sham t:hash"},
    {"intervention_alias", true, "t:intervention i:position t:alias"},
    {"intervention_claim", true, "t:intervention i:position t:claim"},
    {"outcome", true,
     "t:id i:position t:name t:plain t:kind t:stand_in_for r:mid_value t:mid_scale_name "
     "r:mid_scale_low r:mid_scale_high t:mid_source_url t:mid_source_where t:mid_note t:hash"},
    {"outcome_alias", true, "t:outcome i:position t:alias"},
    {"condition", true, "t:id i:position t:name t:plain t:primary_window t:hash"},
    {"condition_alias", true, "t:condition i:position t:alias"},
    {"condition_parent", true, "t:condition i:position t:parent"},
    {"condition_primary_outcome", true, "t:condition i:position t:outcome"},
    {"study", true,
     "i:study_key t:id t:pmid t:doi t:pmcid t:title i:authors_complete i:year t:journal t:design "
     "t:condition t:population i:participants i:trials t:funding i:retracted t:conclusion t:note "
     "i:checked i:checked_agrees t:checked_by t:checked_on t:checked_note t:hash"},
    {"study_alias", true, "i:study_key i:position t:alias"},
    {"registration", true, "i:study_key i:position t:number"},
    {"pooled_in", true, "i:study_key i:position t:review"},
    {"author", true, "i:study_key i:position t:family t:given t:group_name"},
    {"appraisal", true,
     "i:study_key i:position t:instrument t:overall r:score r:out_of t:scope r:share_low "
     "r:share_high t:applies_to t:as_reported t:rated_by"},
    {"appraisal_item", true, "i:study_key i:appraisal i:position t:name t:judgement"},
    {"result", true,
     "i:study_key i:position t:intervention t:comparator t:comparator_detail t:condition t:outcome "
     "t:scale_name r:scale_low r:scale_high t:scale_unit t:better t:window r:days t:time t:measure "
     "r:estimate r:ci_low r:ci_high r:ci_level r:se r:p i:p_bound i:k i:n r:i2 r:control_risk "
     "t:group_name i:paired t:favours t:main t:grade t:grade_by t:grade_where t:dose_response "
     "i:borderline t:ignored t:note t:source_review t:source_analysis t:source_subgroup"},
    {"arm", true,
     "i:study_key i:result i:position t:role t:name t:id i:n r:mean r:sd r:baseline_mean "
     "r:baseline_sd r:change_mean r:change_sd r:median r:q1 r:q3 i:events"},
    {"harm", true,
     "i:study_key i:position t:intervention t:event t:severity t:rate r:per_events r:per_of "
     "t:per_unit r:per_low r:per_high r:per_control i:reports i:numerator i:denominator"},
    {"notice", true, "i:study_key i:position t:type t:doi t:date t:source"},
    {"noted_study", true, "i:study_key i:own_retracted i:own_notices"},
    {"source", true, "i:study_key i:position t:url t:place t:read_at"},
    {"document", true, "t:name e:text t:hash"},
    {"meta", true, "i:only_row i:changed t:base_hash"},
    {"audit", true,
     "i:id i:at t:actor t:action t:kind t:record t:before_hash t:after_hash t:detail i:undoes "
     "t:previous_hash t:hash"},
    {"audit_head", true, "i:only_row i:id t:hash i:published"},
    {"former_content", true, "t:hash i:packed i:length b:content"},
    {"edition", true,
     "i:edition_key i:at t:actor i:audit_id t:base_hash t:order_hash t:version t:hash"},
    {"curated_record", true, "t:kind t:record i:audit_id"},
    {"verdict_change", true,
     "i:change_key i:at t:question t:before_verdict t:before_certainty t:after_verdict "
     "t:after_certainty t:cause t:actor t:base_hash"},
    {"verdict_change_study", true, "i:change_key i:position t:study"},
    {"import_run", false,
     "i:run_key t:source t:query t:since i:most t:saved_search t:content_hash t:state i:position "
     "t:status i:complete t:error i:network i:found i:added i:merged i:updated i:unchanged "
     "i:refused i:warnings t:hash i:begun i:touched i:ended t:host i:process"},
    {"import_warning", false, "i:run_key i:position t:message"},
    {"saved_search", false, "t:name t:source t:query i:most i:every i:created i:due"},
    {"publication", false,
     "i:publication_key t:id t:study t:title i:year t:merged i:retracted i:withdrawn t:screening "
     "i:searchable i:added i:changed"},
    {"publication_alias", false, "t:id i:publication_key"},
    {"source_record", false,
     "i:record_key t:source t:source_id i:publication_key t:fields t:hash i:deleted t:joined_by "
     "r:score i:first_run i:last_run i:first_seen i:last_seen"},
    {"record_identifier", false, "t:kind t:value i:record_key"},
    {"record_likeness", false, "i:likeness i:record_key"},
    {"record_pair", false, "i:one i:other t:verdict t:reason r:score i:at t:who"},
    {"merge", false,
     "i:merge_key i:at t:who i:into_key t:reason r:score i:from_key t:from_id t:from_screening "
     "i:from_added t:into_id t:into_screening i:undone t:undone_by"},
    {"merge_record", false, "i:merge_key i:record_key"},
    {"found_notice", false,
     "i:record_key i:position t:target_kind t:target_value t:type t:doi t:pmid t:date t:source "
     "t:reason"},
    {"screening_decision", false,
     "i:decision_key i:publication_key t:decision t:reason t:who i:at"},
    {"screening_topic", false, "i:decision_key i:position t:intervention t:condition"},
    {"intake_meta", false, "i:only_row t:base_hash"},
    {"report", false, "i:id i:at t:kind t:about t:text t:status t:outcome"},
    {"remembered_answer", false, "t:actor t:key t:request_hash i:at i:status t:headers b:body"},
    {"token", false,
     "t:id t:name t:secret_hash t:scopes i:created i:expires i:revoked i:last_used"},
    {"session", false, "t:secret_hash t:token i:created i:expires"},
    {0},
};
