using Platform.Api.Seeding.History;
using Platform.Domain.Partners;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Seeding;

public sealed class SeedVerbTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_database_that_has_a_distributor_is_left_alone_and_the_refusal_says_what_to_do()
    {
        await database.RunAsync(new CreateLegalEntity("NORD", "Nordwind", "EUR", "DE"));

        var (code, _, errors) = await HostProcess.RunAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Platform"] = database.ConnectionString }, "seed", "--scale", "small");

        code.ShouldBe(1);
        errors.ShouldContain("platform db reset");
        (await database.ScalarAsync<long>("select (select count(*) from legal_entity) + (select count(*) from item) + (select count(*) from user_account)")).ShouldBe(1);
    }

    [Theory]
    [InlineData("'small'", "--scale", "huge")]
    [InlineData("between 8 and 156", "--weeks", "3")]
    [InlineData("--seed", "--seed", "many")]
    [InlineData("between 2015-01-01 and", "--until", "soon")]
    [InlineData("between 2015-01-01 and", "--until", "2999-01-01")]
    [InlineData("between 2015-01-01 and", "--until", "1999-01-01")]
    [InlineData("no such folder", "--truth", "/nowhere/at/all/truth.jsonl")]
    [InlineData("--fast", "--fast", "yes")]
    public void What_is_not_possible_is_said_before_anything_is_done(string said, params string[] arguments) =>
        string.Join('\n', new SeedVerb().Build().Parse(arguments).Errors.Select(error => error.Message)).ShouldContain(said);
}
