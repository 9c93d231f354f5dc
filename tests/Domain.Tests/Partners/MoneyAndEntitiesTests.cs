using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Partners;

/// <summary>NET-05: several legal entities and currencies.</summary>
public sealed class MoneyAndEntitiesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly Currency Euro = Currency.Create("EUR", 2).Value;
    private static readonly Currency Yen = Currency.Create("JPY", 0).Value;

    [Theory]
    [InlineData("lower", "Name", "EUR", "DE", "code")]
    [InlineData("LE", "", "EUR", "DE", "name")]
    [InlineData("LE", "Name", "EURO", "DE", "currency")]
    [InlineData("LE", "Name", "EUR", "de", "country")]
    public void An_entity_is_refused_naming_the_field(string code, string name, string currency, string country, string field) =>
        CreateLegalEntityHandler.Decide(
            new CreateLegalEntity(code, name, currency, country), default, currency: null, codeIsTaken: false, default)
            .Error.ShouldBeOfType<InvalidField>().Field.ShouldBe(field);

    [Fact]
    public async Task Sixteen_at_once_with_one_code_make_one_entity_with_one_owner()
    {
        var code = MasterData.Code("LE");

        var hammered = await Hammer.FireAsync(
            Hammer.Width, _ => database.RunAsync(new CreateLegalEntity(code, "Our company", "EUR", "DE")));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Results.Count(result => Equals(result.Error, new LegalEntityCodeTaken(code))).ShouldBe(Hammer.Width - 1);
        (await database.ScalarAsync<long>(
            $"select count(*) from owner join legal_entity e on e.id = owner.legal_entity_id where e.code = '{code}'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_entity_keeps_its_currency_and_may_be_renamed()
    {
        var entity = await database.LegalEntityAsync("CHF");

        (await database.RunAsync(new RenameLegalEntity(entity, Version: 1, "New name"))).Value.ShouldBe(new LegalEntityRenamed(entity, "New name", 2));
        (await database.RunAsync(new RenameLegalEntity(entity, Version: 1, "Newer"))).Error.ShouldBe(new StaleVersion("LegalEntity", entity.Value, 1, 2));
        (await database.RunAsync(new RenameLegalEntity(new LegalEntityId(Guid.Empty), 1, "x"))).Error
            .ShouldBe(new LegalEntityNotFound(new LegalEntityId(Guid.Empty)));
        (await database.RunAsync(new CreateLegalEntity(MasterData.Code("LE"), "X", "XXX", "DE"))).Error.ShouldBe(new CurrencyUnknown("XXX"));
    }

    [Fact]
    public async Task A_currency_is_added_once_with_its_digits()
    {
        (await database.RunAsync(new AddCurrency("ISK", "Icelandic krona", 0))).Error.ShouldBeNull();
        (await database.RunAsync(new AddCurrency("ISK", "Icelandic krona", 2))).Error.ShouldBe(new CurrencyTaken("ISK"));
        (await database.RunAsync(new AddCurrency("isk", "x", 0))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("currency");
        (await database.RunAsync(new AddCurrency("NZD", "x", 5))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("digits");
    }

    [Fact]
    public async Task A_rate_holds_from_its_day_and_serves_both_directions()
    {
        // given
        var first = (await RecordAsync("EUR", "JPY", Monday, 160m)).Value.Rate;
        await RecordAsync("EUR", "JPY", Monday.AddDays(7), 165.5m);

        // then
        (await ConvertAsync(100m, Euro, Yen, Monday)).Value.Amount.ShouldBe(16_000m);
        (await ConvertAsync(100m, Euro, Yen, Monday.AddDays(6))).Value.Amount.ShouldBe(16_000m);
        (await ConvertAsync(100m, Euro, Yen, Monday.AddDays(7))).Value.Amount.ShouldBe(16_550m);
        (await ConvertAsync(1000m, Yen, Euro, Monday)).Value.Amount.ShouldBe(6.25m);
        (await ConvertAsync(1m, Euro, Euro, Monday.AddDays(-99))).Value.Amount.ShouldBe(1m);
        (await ConvertAsync(1m, Euro, Yen, Monday.AddDays(-1))).Error.ShouldBe(new NoExchangeRate("EUR", "JPY", Monday.AddDays(-1)));

        // when
        (await RecordAsync("EUR", "JPY", Monday, 161m)).Error.ShouldBe(new ExchangeRateExists("EUR", "JPY", Monday, 160m));
        (await database.RunAsync(new CorrectExchangeRate(first, Version: 1, 161m, "ECB", "misread"))).Value.Version.ShouldBe(2);

        // then
        (await ConvertAsync(100m, Euro, Yen, Monday)).Value.Amount.ShouldBe(16_100m);
        (await database.RunAsync(new CorrectExchangeRate(first, Version: 1, 162m, "ECB", "late"))).Error
            .ShouldBe(new StaleVersion("ExchangeRate", first.Value, 1, 2));
    }

    [Fact]
    public async Task Impossible_rates_are_refused_and_leave_no_trace()
    {
        var before = await database.TracesAsync();

        (await RecordAsync("EUR", "EUR", Monday, 1m)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("to");
        (await RecordAsync("EUR", "USD", Monday, 0m)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("value");
        (await RecordAsync("EUR", "USD", Monday, 1.00000000001m)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("value");
        (await RecordAsync("EUR", "XXX", Monday, 1m)).Error.ShouldBe(new CurrencyUnknown("XXX"));
        var nothing = new ExchangeRateId(Guid.Empty);
        (await database.RunAsync(new CorrectExchangeRate(nothing, 1, 1m, "ECB", "x"))).Error.ShouldBe(new ExchangeRateNotFound(nothing));

        (await database.TracesAsync()).ShouldBe(before);
    }

    private Task<Result<ExchangeRateRecorded>> RecordAsync(string from, string to, DateOnly day, decimal value) =>
        database.RunAsync(new RecordExchangeRate(from, to, day, value, "ECB"));

    private Task<Result<Money>> ConvertAsync(decimal amount, Currency from, Currency to, DateOnly day) =>
        database.LookAsync(db => new ExchangeRates(db).ConvertAsync(Money.Create(amount, from).Value, to, day, default));
}
