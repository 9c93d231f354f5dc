using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>
/// What somebody who knows PostgreSQL writes for exactly these reads: one statement a level, no joins that are not needed,
/// JSON straight from the reader. The floor that a general planner is measured against.
/// </summary>
internal sealed class HandWritten(NpgsqlDataSource source)
{
    public async Task AnswerAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        http.Response.ContentType = "application/json; charset=utf-8";
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(16 * 1024);
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            await ReadAsync(body.RootElement.GetProperty("operationName").GetString()!, json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    private Task ReadAsync(string read, Utf8JsonWriter json) => read switch
    {
        "item_by_id" => ItemAsync(json),
        "page_of_50" => PageAsync(json),
        "postings_movements_item" => PostingsAsync(json, withStock: false),
        _ => PostingsAsync(json, withStock: true),
    };

    private async Task ItemAsync(Utf8JsonWriter json)
    {
        await using var command = source.CreateCommand("select id, code, name, status, version from item where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = GraphRows.Id(3, 4711) });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        json.WritePropertyName("itemById");
        Item(row, json);
    }

    private async Task PageAsync(Utf8JsonWriter json)
    {
        await using var command = source.CreateCommand(
            "select id, code, name, status, version from item where code like $1 order by name, id limit $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "I0012%" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 50 });
        await using var row = await command.ExecuteReaderAsync();
        json.WriteStartObject("items");
        json.WriteStartArray("nodes");
        while (await row.ReadAsync())
        {
            Item(row, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Item(NpgsqlDataReader row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", row.GetGuid(0));
        json.WriteString("code", row.GetString(1));
        json.WriteString("name", row.GetString(2));
        json.WriteString("status", row.GetString(3));
        json.WriteNumber("version", row.GetInt32(4));
        json.WriteEndObject();
    }

    private async Task PostingsAsync(Utf8JsonWriter json, bool withStock)
    {
        await using var connection = await source.OpenConnectionAsync();
        var postings = await RowsAsync(
            connection,
            "select p.id, p.document_number, p.posting_date, e.code from stock_posting p join legal_entity e on e.id = p.legal_entity_id order by p.document_number, p.id limit 20",
            keys: null,
            row => (Id: row.GetGuid(0), Number: row.GetString(1), Date: row.GetFieldValue<DateOnly>(2), Entity: row.GetString(3)));
        var movements = (await RowsAsync(
            connection,
            """
            select m.posting_id, m.id, m.line, m.quantity, i.id, i.code, i.name
            from unnest($1) k(id) cross join lateral (select * from stock_movement where posting_id = k.id order by id limit 10) m join item i on i.id = m.item_id
            """,
            postings.ConvertAll(posting => posting.Id),
            row => (Posting: row.GetGuid(0), Id: row.GetInt64(1), Line: row.GetInt32(2), Quantity: row.GetDecimal(3), Item: row.GetGuid(4), Code: row.GetString(5), Name: row.GetString(6))))
            .ToLookup(movement => movement.Posting);
        var stock = withStock
            ? (await RowsAsync(
                connection,
                """
                select b.item_id, b.on_hand, w.code
                from unnest($1) k(id) cross join lateral (select * from stock_balance where item_id = k.id order by id limit 4) b join warehouse w on w.id = b.warehouse_id
                """,
                movements.SelectMany(group => group).Select(movement => movement.Item).Distinct().ToList(),
                row => (Item: row.GetGuid(0), OnHand: row.GetDecimal(1), Warehouse: row.GetString(2)))).ToLookup(balance => balance.Item)
            : null;
        json.WriteStartObject("stockPostings");
        json.WriteStartArray("nodes");
        foreach (var posting in postings)
        {
            json.WriteStartObject();
            json.WriteString("id", posting.Id);
            json.WriteString("documentNumber", posting.Number);
            if (!withStock)
            {
                json.WriteString("postingDate", posting.Date.ToString("O"));
                json.WriteStartObject("legalEntity");
                json.WriteString("code", posting.Entity);
                json.WriteEndObject();
            }

            json.WriteStartObject("movements");
            json.WriteStartArray("nodes");
            foreach (var movement in movements[posting.Id])
            {
                json.WriteStartObject();
                json.WriteNumber("id", movement.Id);
                if (!withStock)
                {
                    json.WriteNumber("line", movement.Line);
                }

                json.WriteNumber("quantity", movement.Quantity);
                json.WriteStartObject("item");
                json.WriteString("code", movement.Code);
                json.WriteString("name", movement.Name);
                if (stock is not null)
                {
                    json.WriteStartObject("stockBalances");
                    json.WriteStartArray("nodes");
                    foreach (var balance in stock[movement.Item])
                    {
                        json.WriteStartObject();
                        json.WriteNumber("onHand", balance.OnHand);
                        json.WriteStartObject("warehouse");
                        json.WriteString("code", balance.Warehouse);
                        json.WriteEndObject();
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, List<Guid>? keys, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (keys is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        }

        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync())
        {
            rows.Add(read(row));
        }

        return rows;
    }
}
