using System.Text.RegularExpressions;
using Platform.Tests.Api.Access;
using Platform.Tests.Api.Access.Walking;
using Platform.Tests.Api.Live;

namespace Platform.Tests.Api.Attacks;

/// <summary>Every check of the list, G-01 to G-60, is asked of the real application by a test that names it.</summary>
public sealed partial class ChecklistTests
{
    /// <summary>Checks whose tests are those of a capability, and have its words for a name.</summary>
    private static readonly (int Check, string Test)[] _elsewhere =
    [
        (30, nameof(CredentialTests.A_socket_with_a_cookie_needs_an_origin_of_ours)),
        (35, nameof(SlowListenerTests.A_listener_who_takes_nothing_is_let_go_while_the_others_hear_everything)),
        (37, nameof(CredentialTests.A_socket_closes_when_its_credentials_are_taken_back)),
        (38, nameof(CredentialTests.A_socket_closes_when_its_credentials_are_taken_back)),
        (40, nameof(ReadWalk.A_foreign_row_is_answered_like_an_absent_one)),
        (40, nameof(CommandWalkTests.A_foreign_row_is_commanded_like_an_absent_one)),
        (42, nameof(ReadWalk.No_way_leads_to_a_foreign_row)),
        (43, nameof(ReadWalk.No_way_leads_to_a_foreign_row)),
        (52, nameof(BudgetTests.Whoever_spent_their_minute_waits_whatever_session_they_use)),
        (52, nameof(SurroundingsTests.Tries_to_sign_in_count_for_the_caller_and_not_for_the_proxy)),
        (60, nameof(PermissionTests.Every_mutation_asks_who_it_is)),
    ];

    [Fact]
    public void Every_check_is_asked_of_the_real_application()
    {
        var asked = typeof(ChecklistTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .SelectMany(method => Ids().Matches(method.Name))
            .Concat(CorpusTests.Checks.SelectMany(name => Ids().Matches(name)))
            .Select(id => int.Parse(id.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture))
            .Concat(_elsewhere.Select(one => one.Check));

        Enumerable.Range(1, 60).Except(asked).Select(number => $"G-{number:00}").ShouldBeEmpty();
    }

    [GeneratedRegex("G[-_](?<number>[0-9]{2})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
