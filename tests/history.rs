//! The store keeps what the ports promise, on SQLite and on PostgreSQL alike.

mod backups;
mod cases;
#[cfg(feature = "failpoints")]
mod faults;
pub(crate) mod fixture;
mod migrations;
mod night;
mod power;
#[cfg(feature = "failpoints")]
mod trouble;

/// Every case on both databases.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[test] fn $case() { super::cases::$case(&super::fixture::Fixture::sqlite()); })*
        }
        mod postgres {
            $(#[test] fn $case() {
                if let Some(fixture) = super::fixture::Fixture::postgres() {
                    super::cases::$case(&fixture);
                }
            })*
        }
    };
}

on_both! {
    one_night_from_beginning_to_end
    a_rehearsal_is_told_what_a_run_would_do_and_nothing_is_stored
    known_keys_are_judged_by_how_they_ended
    a_key_that_repeats_in_one_file_is_worked_once
    what_is_kept_is_of_the_last_attempt
    what_a_bot_left_is_its_own_to_finish
    what_waits_for_a_person_is_told_to_every_run
    a_question_waits_for_its_answer
    what_a_bot_finished_is_handed_over_until_it_is_settled
    what_is_gone_from_a_lasting_list_is_not_worked
    what_was_taken_out_of_the_file_is_told_and_not_worked
    another_file_under_the_same_name_takes_nothing_out
    rejected_rows_are_workable_again_as_it_was_asked_for
    a_second_runner_is_refused_while_the_first_lives
    a_run_whose_process_died_is_ended_by_the_next
    a_run_whose_lease_is_over_is_fenced_out
    a_closed_run_takes_no_more_writes
    closing_leaves_no_item_half_done
    a_doubt_is_taken_over_with_all_that_was_known
    what_was_disproved_is_work_like_any_other
    what_a_run_has_found_out_stands_once_in_its_list
    a_late_key_is_registered_for_one_item
    one_receipt_under_two_keys_goes_to_a_person_twice
    an_inquiry_is_answered_once
    what_a_person_found_missing_is_work_again
    one_receipt_is_answered_for_one_item
    a_dead_run_is_ended_before_its_item_is_answered
    what_is_left_is_handed_out_and_comes_back_once
    rejected_items_are_handed_out_when_that_is_asked_for
    what_was_registered_by_hand_is_never_work_again
    one_account_has_as_many_writers_as_it_may
    a_system_that_failed_rests_and_is_then_probed
    a_refused_login_is_remembered
    nothing_moves_when_an_event_or_a_move_is_refused
    moves_agree_with_the_state_machine
    an_item_of_another_run_cannot_be_moved
    a_claim_that_was_lost_allows_no_act
    what_is_registered_by_a_later_edition_is_sound
    two_bots_on_one_ledger_never_share_an_item
    two_runners_at_one_time_get_one_run
    names_are_nowhere_in_the_database
    what_is_opened_is_written_down
    a_changed_audit_is_noticed
    another_key_is_refused
    changed_sealed_data_is_an_error
    events_are_masked_and_survive_packing
    unknown_events_are_kept_as_they_are
    a_request_to_cancel_reaches_the_run
    evidence_is_kept_by_its_content
    secrets_come_and_go
    runs_are_paged_newest_first
    a_day_is_summed_up
    a_newer_schema_is_refused
    a_lost_connection_is_opened_again
    a_store_says_how_it_is
    every_change_behind_its_back_is_told
    one_key_with_two_items_is_told
    events_that_contradict_are_told
    lost_and_changed_pictures_are_told
    many_may_open_a_new_store_at_one_time
    twenty_thousand_rows
    the_ports_may_be_called_inside_a_runtime
}

mod restored {
    macro_rules! on_both {
        ($($case:ident)*) => {
            mod sqlite {
                $(#[test] fn $case() { super::super::backups::$case(&super::super::fixture::Fixture::sqlite()); })*
            }
            mod postgres {
                $(#[test] fn $case() {
                    if let Some(fixture) = super::super::fixture::Fixture::postgres() {
                        super::super::backups::$case(&fixture);
                    }
                })*
            }
        };
    }
    on_both! {
        a_restored_store_looks_or_waits_for_a_person
        nothing_is_restored_over_a_run_at_work
    }
}
