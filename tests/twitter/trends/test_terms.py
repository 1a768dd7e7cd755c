from trainer.twitter.trends.terms import TERM_LENGTH, TERMS_A_TWEET, terms


def test_two_spellings_of_one_tag_are_one_term():
    assert terms("#Goal and #goal, #GOAL!") == ("goal",)
    assert terms("#Straße #STRASSE") == ("strasse",)
    assert terms("#e\u0301te\u0301 #\u00c9T\u00c9") == ("\u00e9t\u00e9",)
    assert terms("\uff03\uff47\uff4f\uff41\uff4c") == ("goal",)  # full-width


def test_terms_come_in_the_order_of_the_text():
    assert terms("#zebra, then #ant") == ("zebra", "ant")


def test_a_tag_of_any_script_is_whole():
    hindi, arabic = "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0645\u0631\u062d\u0628\u0627"
    assert terms(f"#{hindi} #{arabic}") == (hindi, arabic)


def test_a_number_alone_is_no_term():
    assert terms("#1 #2026 #_ #w2026") == ("w2026",)


def test_a_sign_inside_a_word_link_or_entity_begins_no_tag():
    assert terms("a#b c&#x27; https://x.example/#top ##twice #") == ()


def test_a_tag_that_is_too_long_is_left_out_not_cut():
    assert terms(f"#{'a' * (TERM_LENGTH + 1)} #{'a' * TERM_LENGTH}") == ("a" * TERM_LENGTH,)


def test_a_tweet_stuffed_with_tags_counts_for_the_first_ones():
    stuffed = " ".join(f"#tag{number}" for number in range(3 * TERMS_A_TWEET))
    assert terms(stuffed) == tuple(f"tag{number}" for number in range(TERMS_A_TWEET))


def test_an_invisible_joiner_at_the_end_makes_no_other_term():
    assert terms("#goal\u200d #goal\u200c") == ("goal",)
