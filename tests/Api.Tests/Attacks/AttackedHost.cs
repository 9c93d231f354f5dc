using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Access;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.Tests.Support;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Attacks;

/// <summary>The application as it runs in production, with an item to ask for; whoever attacks it has signed in.</summary>
public sealed class AttackedHost : TestHost
{
    protected override string Surroundings => "Production";

    protected override IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Platform:Access:SignInTriesPerAddress"] = "10000",
        ["Platform:Access:PointsPerMinute"] = "10000000",
        ["Platform:Access:AnonymousPointsPerMinute"] = "10000000",
    };

    /// <summary>What the corpus says in the words of this schema.</summary>
    public AttackWords Words { get; private set; } = null!;

    /// <summary>The id of the item that is there.</summary>
    public string Item { get; private set; } = "";

    public Uri Endpoint => new(Url + "/graphql");

    /// <summary>Somebody without the permission to read the schema.</summary>
    public Task<WireClient> BuyerAsync() => ClientAsync(Role.Buyer);

    public async Task<WireClient> ClientAsync(Role role) => With(await TokenOfAsync(await UserAsync([role], RowLimits.None)));

    public WireClient With(string? token)
    {
        var client = new WireClient(Endpoint) { Token = token };
        client.Client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        return client;
    }

    public ValueTask StoreAsync(string id, byte[] document) =>
        HostServices.GetRequiredService<IOperationDocumentStorage>().SaveAsync(id, document, CancellationToken.None);

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var item = await this.DraftItemAsync(MasterData.NewItem());
        Item = Platform.GraphQL.Conventions.NodeIdFormat.Write("Item", item.Value);
        Words = new AttackWords(
            "service { name }",
            text => $"items(first: 1, where: {{ code: {{ eq: {text} }} }}) {{ totalCount }}",
            "items(first: 1, where: { code: { eq: ",
            $"itemById(id: \"{Item}\")",
            "{ lots(first: 1) { nodes " + string.Concat(Enumerable.Repeat("{ item { lots(first: 1) { nodes ", 4)) + "{ id }"
                + string.Concat(Enumerable.Repeat(" } } }", 4)) + " } }",
            "expireReservations(input: { most: 1 }) { errors { __typename } }",
            Nul: "HC0016");
    }
}
